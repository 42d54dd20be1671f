import type { Conversation, Message } from '@sax/api-contract'
import { EmptyState } from '@sax/ui/empty-state'
import { MessageSquare } from 'lucide-react'
import { dayWords } from '../short-time.ts'
import { shownName } from '../shown-phone.ts'
import { MessageBubble } from './message-bubble.tsx'
import { Divider } from './message-pane.tsx'
import { NoteBubble } from './note-bubble.tsx'
import { OutgoingBubble, type OutgoingBubbleProps } from './outgoing-bubble.tsx'
import type { ThreadItem } from './thread-items.ts'
import type { BubbleAct } from './use-message-acts.ts'

export interface ThreadItemsProps
  extends Pick<OutgoingBubbleProps, 'onSendAnyway' | 'onEdit' | 'onDiscard' | 'reached'> {
  readonly items: readonly ThreadItem[]
  readonly conversation: Conversation
  /** Name of the person who writes here. */
  readonly writer: string
  readonly nowMs: number
  readonly busyId: string | undefined
  readonly onAct: (message: Message, act: BubbleAct) => void
}

/** A thread from top to bottom. */
export function ThreadItems({ items, conversation, writer, nowMs, busyId, onAct, ...outgoingActs }: ThreadItemsProps) {
  const { name: patientName } = shownName(conversation)
  if (items.length === 0) {
    return (
      <EmptyState
        compact
        icon={<MessageSquare />}
        title="No messages yet"
        description="Write the first one below, or begin with a template."
      />
    )
  }
  return items.map((item) => (
    <Item
      key={item.key}
      item={item}
      writer={writer}
      patientName={patientName}
      nowMs={nowMs}
      busyId={busyId}
      onAct={onAct}
      {...outgoingActs}
    />
  ))
}

interface ItemProps extends Omit<ThreadItemsProps, 'items' | 'conversation'> {
  readonly item: ThreadItem
  readonly patientName: string
}

function Item({ item, writer, patientName, nowMs, busyId, onAct, ...outgoingActs }: ItemProps) {
  switch (item.kind) {
    case 'day':
      return <Divider>{dayWords(item.atMs, nowMs)}</Divider>
    case 'unread':
      return <Divider urgent>Unread</Divider>
    case 'note':
      return <NoteBubble note={item.note} />
    case 'outgoing':
      return <OutgoingBubble outgoing={item.outgoing} writer={writer} {...outgoingActs} />
    case 'message':
      return (
        <MessageBubble
          message={item.message}
          continued={item.continued}
          patientName={patientName}
          nowMs={nowMs}
          busy={busyId === item.message.id}
          onAct={onAct}
        />
      )
  }
}
