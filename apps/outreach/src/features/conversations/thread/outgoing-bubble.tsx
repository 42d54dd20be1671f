import { Button } from '@sax/ui/button'
import { Clock, TriangleAlert, WifiOff } from 'lucide-react'
import type { Outgoing, OutgoingRefusal } from '../sending/outgoing-store.ts'
import { clockTime } from '../short-time.ts'
import { Bubble } from './message-bubble.tsx'
import { MessagePicture } from './message-picture.tsx'
import { GONE_WORDS, pictureName } from './picture-words.ts'

export interface OutgoingBubbleProps {
  readonly outgoing: Outgoing
  readonly writer: string
  /** False while no server answers. */
  readonly reached: boolean
  /** Sends it although somebody else has answered. */
  readonly onSendAnyway: (outgoing: Outgoing) => void
  /** Takes the text back into the composer. */
  readonly onEdit: (outgoing: Outgoing) => void
  readonly onDiscard: (outgoing: Outgoing) => void
}

/** A message the server has not taken yet, or does not take. Its text is kept until a person lets go of it. */
export function OutgoingBubble({ outgoing, writer, reached, onSendAnyway, onEdit, onDiscard }: OutgoingBubbleProps) {
  const { refusal, body, picture, writtenAtMs } = outgoing
  const pictureGone = refusal?.pictureGone === true
  return (
    <Bubble side="ours" continued={false} writer={writer} writerShown faint>
      {picture === undefined || pictureGone ? null : (
        <MessagePicture
          media={{ ...picture, verdict: 'kept', refusal: null }}
          conversationId={outgoing.conversationId}
          name={pictureName(writer, { number: 1, of: 1 })}
        />
      )}
      {body}
      {refusal === undefined ? (
        <p className="mt-0.5 flex items-center gap-1 px-1 text-muted-foreground text-xs">
          <time dateTime={new Date(writtenAtMs).toISOString()}>{clockTime(writtenAtMs)}</time>
          {reached ? <Clock aria-hidden className="size-3" /> : <WifiOff aria-hidden className="size-3" />}
          {reached ? 'On its way' : 'Kept here, sent when the connection is back'}
        </p>
      ) : (
        <div
          role="alert"
          className="mt-1 flex max-w-[min(85%,36rem)] flex-col items-end gap-2 rounded-lg bg-warning-soft px-3 py-2 text-sm text-warning"
        >
          <p className="flex items-start gap-1.5">
            <TriangleAlert aria-hidden className="mt-0.5 size-4 shrink-0" />
            <span>
              <strong className="font-semibold">Not sent.</strong> {reasonOf(refusal)}
            </span>
          </p>
          <div className="flex flex-wrap justify-end gap-2">
            <Button size="sm" variant="ghost" onClick={() => onDiscard(outgoing)}>
              Discard
            </Button>
            <Button size="sm" onClick={() => onEdit(pictureGone ? { ...outgoing, picture: undefined } : outgoing)}>
              {pictureGone ? 'Remove the picture' : 'Edit'}
            </Button>
            {refusal.code === 'VERSION_CONFLICT' ? (
              <Button size="sm" onClick={() => onSendAnyway(outgoing)}>
                Send anyway
              </Button>
            ) : null}
          </div>
        </div>
      )}
    </Bubble>
  )
}

function reasonOf({ code, words, pictureGone }: OutgoingRefusal): string {
  if (pictureGone === true) return GONE_WORDS
  switch (code) {
    case 'VERSION_CONFLICT':
      return 'Somebody else answered while you were writing. Read it above, then decide.'
    case 'OPTED_OUT':
      return 'The patient has said stop, or may have. Nothing is sent to this number.'
    case 'MISSING_VARIABLES':
      return 'Some variables have no value yet.'
    default:
      return words
  }
}
