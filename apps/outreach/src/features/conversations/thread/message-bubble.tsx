import type { Message } from '@sax/api-contract'
import { Button } from '@sax/ui/button'
import { cn } from '@sax/ui/class-names'
import { Ban, Check, CheckCheck, Clock, PenLine, RotateCw, TriangleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import { MoodBadges } from '../mood-badges.tsx'
import { clockTime, futureWords } from '../short-time.ts'
import { MessagePicture } from './message-picture.tsx'
import { pictureName } from './picture-words.ts'
import { mayBeWrittenAgain, statusWords } from './status-words.ts'
import type { BubbleAct } from './use-message-acts.ts'

export interface MessageBubbleProps {
  readonly message: Message
  readonly continued: boolean
  /** Name of the patient, for who cannot see on which side a message stands. */
  readonly patientName: string
  readonly nowMs: number
  readonly busy: boolean
  readonly onAct: (message: Message, act: BubbleAct) => void
}

/** One message: what was said, by whom, when, and what became of it. */
export function MessageBubble({ message, continued, patientName, nowMs, busy, onAct }: MessageBubbleProps) {
  const outbound = message.direction === 'outbound'
  const writer = outbound ? (message.authorName ?? 'Automatic message') : patientName
  return (
    <Bubble side={outbound ? 'ours' : 'theirs'} continued={continued} writer={writer} writerShown={outbound}>
      {message.media.map((media, index) => (
        <MessagePicture
          key={media.id}
          media={media}
          conversationId={message.conversationId}
          name={pictureName(writer, { number: index + 1, of: message.media.length })}
        />
      ))}
      {message.body}
      <MessageFoot message={message} nowMs={nowMs} busy={busy} onAct={onAct} />
    </Bubble>
  )
}

export interface BubbleProps {
  readonly side: 'ours' | 'theirs'
  readonly continued: boolean
  readonly writer: string
  /** Whether the name is there to be seen; it is always there to be heard. */
  readonly writerShown: boolean
  readonly faint?: boolean | undefined
  /** The text and, as its last child, what stands under it. */
  readonly children: readonly ReactNode[]
}

export function Bubble({ side, continued, writer, writerShown, faint = false, children }: BubbleProps) {
  const text = children.slice(0, -1)
  return (
    <div className={cn('flex flex-col', side === 'ours' ? 'items-end' : 'items-start', continued ? 'mt-1' : 'mt-3')}>
      <p className={cn('mb-0.5 px-1 text-muted-foreground text-xs', (continued || !writerShown) && 'sr-only')}>
        <bdi>{writer}</bdi>
      </p>
      <div
        dir="auto"
        className={cn(
          'w-fit max-w-[min(85%,36rem)] overflow-clip whitespace-pre-wrap rounded-xl px-3 py-2 leading-5.5 [overflow-wrap:anywhere]',
          side === 'ours' ? 'rounded-ee-sm bg-accent text-accent-foreground' : 'rounded-es-sm border bg-card',
          // Fainter, and still in contrast with its ground: 5.2 to 1 in light colours.
          faint && 'opacity-85',
        )}
      >
        {text}
      </div>
      {children.at(-1)}
    </div>
  )
}

function MessageFoot({
  message,
  nowMs,
  busy,
  onAct,
}: Pick<MessageBubbleProps, 'message' | 'nowMs' | 'busy' | 'onAct'>) {
  const at = <time dateTime={message.createdAt}>{clockTime(Date.parse(message.createdAt))}</time>
  if (message.direction === 'inbound') {
    return (
      <div className="mt-0.5 flex items-center gap-1.5 px-1 text-muted-foreground text-xs">
        {at}
        <MoodBadges urgent={message.urgent === true} negative={message.sentiment === 'negative'} />
      </div>
    )
  }
  const { label, failed, reason, next } = statusWords(message, nowMs)
  const scheduled = label === 'Scheduled' && message.scheduledFor !== null ? message.scheduledFor : undefined
  return (
    <div className="mt-0.5 flex max-w-[min(85%,36rem)] flex-col items-end gap-1">
      <p
        className={cn(
          'flex flex-wrap items-center justify-end gap-1 px-1 text-xs',
          failed ? 'font-medium text-danger' : 'text-muted-foreground',
        )}
      >
        {at}
        <StatusIcon status={message.status} failed={failed} cancelled={Boolean(message.cancelledAt)} />
        {label}
        {scheduled === undefined ? null : ` for ${futureWords(Date.parse(scheduled), nowMs)}`}
        {scheduled === undefined ? null : (
          <>
            <LineButton disabled={busy} onClick={() => onAct(message, 'cancelMessage')}>
              Call it off
            </LineButton>
            <LineButton disabled={busy} onClick={() => onAct(message, 'sendMessageNow')}>
              Send it now
            </LineButton>
          </>
        )}
        {message.cancelledAt && message.canRetry ? (
          <LineButton disabled={busy} onClick={() => onAct(message, 'retryMessage')}>
            Send after all
          </LineButton>
        ) : null}
      </p>
      {failed ? (
        <div className="flex flex-wrap items-center justify-end gap-2 rounded-lg bg-danger-soft px-3 py-1.5 text-danger text-sm">
          <span>
            {reason} {next}
          </span>
          {message.canRetry ? (
            <>
              <Button size="sm" variant="ghost" disabled={busy} onClick={() => onAct(message, 'cancelMessage')}>
                Leave it
              </Button>
              <Button size="sm" busy={busy} onClick={() => onAct(message, 'retryMessage')}>
                <RotateCw aria-hidden />
                Send again
              </Button>
            </>
          ) : null}
          {mayBeWrittenAgain(message) ? (
            <Button size="sm" onClick={() => onAct(message, 'writeAgain')}>
              <PenLine aria-hidden />
              Write it again
            </Button>
          ) : null}
        </div>
      ) : null}
    </div>
  )
}

interface LineButtonProps {
  readonly disabled: boolean
  readonly onClick: () => void
  readonly children: ReactNode
}

/** Stands in the line of the status and takes no height of its own: when its time is over nothing moves. */
function LineButton(props: LineButtonProps) {
  return (
    <button
      type="button"
      className="focus-ring -my-1 min-h-6 rounded-sm px-1 font-medium text-primary hover:underline disabled:opacity-60"
      {...props}
    />
  )
}

interface StatusIconProps extends Pick<Message, 'status'> {
  readonly failed: boolean
  readonly cancelled: boolean
}

function StatusIcon({ status, failed, cancelled }: StatusIconProps) {
  if (cancelled) return <Ban aria-hidden className="size-3" />
  if (failed) return <TriangleAlert aria-hidden className="size-3" />
  if (status === 'queued' || status === 'sending') return <Clock aria-hidden className="size-3" />
  if (status === 'sent') return <Check aria-hidden className="size-3" />
  return <CheckCheck aria-hidden className="size-3" />
}
