import type { Conversation } from '@sax/api-contract'
import { Button } from '@sax/ui/button'
import { Ban, CircleHelp } from 'lucide-react'
import type { ConversationActs } from './conversation-acts.ts'

export interface ConsentBannerProps {
  readonly conversation: Conversation
  /** `seq` of the newest message that is on the screen: what is decided is decided of what was written until then. */
  readonly seenSeq: number
  readonly acts: ConversationActs
  /** After a decision of this person: the buttons are gone, and with them the place of the focus. */
  readonly onDecided: () => void
}

/** Why nothing is sent to this number, and what a person can do about it. */
export function ConsentBanner({ conversation, seenSeq, acts, onDecided }: ConsentBannerProps) {
  const decide = async (state: 'subscribed' | 'opted_out', reason: string) => {
    if (await acts.decideConsent(conversation, { state, reason, seenSeq })) onDecided()
  }
  switch (conversation.consent) {
    case 'subscribed':
      return null
    case 'opted_out':
      return (
        <div role="status" className="flex items-start gap-2 border-b bg-danger-soft px-4 py-2 text-danger text-sm">
          <Ban aria-hidden className="mt-0.5 size-4 shrink-0" />
          <p>
            <strong className="font-semibold">This patient has opted out.</strong> Nothing is sent to this number until
            the patient texts START. Call instead.
          </p>
        </div>
      )
    case 'held':
      return (
        <div
          role="status"
          className="flex flex-wrap items-center gap-x-4 gap-y-2 border-b bg-warning-soft px-4 py-2 text-sm text-warning"
        >
          <p className="flex min-w-0 flex-1 basis-72 items-start gap-2">
            <CircleHelp aria-hidden className="mt-0.5 size-4 shrink-0" />
            <span>
              <strong className="font-semibold">Did the patient ask you to stop?</strong> The last message may mean so.
              Nothing is sent until you decide.
            </span>
          </p>
          <div className="flex gap-2">
            <Button
              size="sm"
              busy={acts.busy}
              onClick={() => void decide('opted_out', 'Read by a person: the patient asked to stop')}
            >
              Yes, stop
            </Button>
            <Button
              size="sm"
              busy={acts.busy}
              onClick={() => void decide('subscribed', 'Read by a person: not meant as a request to stop')}
            >
              No, go on
            </Button>
          </div>
        </div>
      )
  }
}
