import type { ConversationScreen, LinkedPatient } from '@sax/api-contract'
import { cn } from '@sax/ui/class-names'
import { type RefObject, useState } from 'react'
import type { Outgoing } from '../sending/outgoing-store.ts'
import { isQuiet } from './composer-rules.ts'
import { emptyDraft, type MessageDraft } from './message-draft.ts'
import { MessageField } from './message-field.tsx'
import { NoteField } from './note-field.tsx'
import { othersNamed } from './others-named.ts'
import { quietWords } from './quiet-words.ts'
import { useEnterSends } from './use-enter-sends.ts'

export interface ComposerProps {
  readonly screen: ConversationScreen
  readonly draft: MessageDraft
  readonly onDraft: (draft: MessageDraft) => void
  /** False when this browser does not keep the draft. */
  readonly kept: boolean
  readonly field: RefObject<HTMLTextAreaElement | null>
  readonly nowMs: number
  readonly onTyped: () => void
  readonly onSend: (message: Outgoing) => void
}

/** Where one writes: to the patient, or to colleagues. */
export function Composer({ screen, draft, onDraft, kept, field, nowMs, onTyped, onSend }: ComposerProps) {
  const { conversation, messages, quietHours } = screen
  const [mode, setMode] = useState<'message' | 'note'>('message')
  // Here and not in the field: it goes on arriving while one writes a note.
  const [file, setFile] = useState<File>()
  const [enterSends, setEnterSends] = useEnterSends()
  const quiet = isQuiet(quietHours, nowMs) && quietHours.quietNow

  const send = (scheduledFor: string | undefined) => {
    onSend({
      clientId: crypto.randomUUID(),
      conversationId: conversation.id,
      body: draft.text,
      templateId: draft.templateId,
      picture: draft.picture,
      scheduledFor,
      seenSeq: messages.at(-1)?.seq ?? 0,
      writtenAtMs: nowMs,
    })
    onDraft(emptyDraft)
    field.current?.focus()
  }

  return (
    <div className="border-t bg-card px-3 pt-1 pb-3 sm:px-4">
      <div className="mx-auto flex w-full max-w-4xl flex-col gap-2">
        <div className="flex items-center gap-1">
          {(['message', 'note'] as const).map((one) => (
            <button
              key={one}
              type="button"
              aria-pressed={mode === one}
              onClick={() => setMode(one)}
              className={cn(
                'focus-ring h-8 rounded-md px-2 text-sm transition-colors',
                mode === one ? 'font-semibold' : 'text-muted-foreground hover:text-foreground',
              )}
            >
              {one === 'message' ? 'Message' : 'Note'}
            </button>
          ))}
          <label className="ms-auto flex h-8 items-center gap-1.5 text-muted-foreground text-xs max-sm:hidden">
            <input
              type="checkbox"
              className="accent-primary"
              checked={enterSends}
              onChange={(event) => setEnterSends(event.target.checked)}
            />
            Enter sends
          </label>
        </div>
        {mode === 'message' ? (
          <MessageField
            draft={draft}
            onDraft={onDraft}
            field={field}
            conversationId={conversation.id}
            file={file}
            onFile={setFile}
            patientId={conversation.patientId ?? undefined}
            warning={othersWords(othersNamed(draft.text, conversation))}
            disabledBecause={disabledBecause(conversation.consent)}
            quiet={quiet ? { untilIso: quietHours.changesAt, words: quietWords(quietHours, nowMs) } : undefined}
            enterSends={enterSends}
            onTyped={onTyped}
            onSend={send}
          />
        ) : (
          <NoteField conversationId={conversation.id} enterSends={enterSends} />
        )}
        {kept ? null : (
          <p role="alert" className="text-sm text-warning">
            This browser keeps no drafts. Send before you leave the page.
          </p>
        )}
      </div>
    </div>
  )
}

/** Undefined: nobody else is named. */
function othersWords(others: readonly LinkedPatient[]): string | undefined {
  if (others.length === 0) return undefined
  const names = others.map(({ firstName, lastName }) => `${firstName} ${lastName}`).join(' and ')
  return `${names} may be named here. Whoever shares this phone would read it.`
}

function disabledBecause(consent: ConversationScreen['conversation']['consent']): string | undefined {
  switch (consent) {
    case 'subscribed':
      return undefined
    case 'opted_out':
      return 'The patient has opted out: nothing can be sent'
    case 'held':
      return 'Decide above whether the patient wants to hear from you'
  }
}
