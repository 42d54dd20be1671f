import type { ConversationFilter } from '@sax/api-contract'
import { Button } from '@sax/ui/button'
import { EmptyState } from '@sax/ui/empty-state'
import { Archive, CircleCheck, MessagesSquare, SearchX } from 'lucide-react'

export interface EmptyListProps {
  readonly filter: ConversationFilter
  readonly search: string
  readonly onClear: () => void
  readonly onNew: () => void
}

/** Nothing to list: good news, or something to do first. */
export function EmptyList({ filter, search, onClear, onNew }: EmptyListProps) {
  if (search !== '') {
    return (
      <EmptyState
        compact
        icon={<SearchX />}
        title="No conversation matches"
        description="Try a name, a telephone number, or a word that was written."
        action={<Button onClick={onClear}>Clear the search</Button>}
      />
    )
  }
  switch (filter) {
    case 'all':
      return (
        <EmptyState
          compact
          icon={<MessagesSquare />}
          title="No conversations yet"
          description="Write to a patient, and the answer appears here."
          action={<Button onClick={onNew}>New conversation</Button>}
        />
      )
    case 'archived':
      return (
        <EmptyState
          compact
          icon={<Archive />}
          title="The archive is empty"
          description="Conversations that are settled can be archived. A new message brings them back."
        />
      )
    default:
      return <EmptyState compact icon={<CircleCheck />} title={goodNews[filter]} />
  }
}

/** The address names a practice that the person does not reach, or that does not exist. */
export function PracticeOutOfReach({ onShowAll }: { readonly onShowAll: () => void }) {
  return (
    <EmptyState
      compact
      icon={<SearchX />}
      title="This practice is not here"
      description="It is not one of yours, or its address was copied wrong."
      action={<Button onClick={onShowAll}>Show all conversations</Button>}
    />
  )
}

const goodNews: Readonly<Record<Exclude<ConversationFilter, 'all' | 'archived'>, string>> = {
  unread: 'Everything is read',
  at_risk: 'Nobody has been waiting for long',
  mine: 'No conversation is assigned to you',
  unassigned: 'Every conversation is somebody’s',
  not_sent: 'No message has failed',
  unknown: 'No messages from unknown numbers',
}
