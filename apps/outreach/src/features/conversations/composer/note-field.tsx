import { isBlank } from '@sax/api-contract/blank'
import { Button } from '@sax/ui/button'
import { Textarea } from '@sax/ui/textarea'
import { useRef, useState } from 'react'
import { useApi } from '../../shell/api.tsx'
import { problemOf } from '../../shell/problem.ts'
import { useInboxNews } from '../data/inbox-news.tsx'
import { sendsOnEnter } from './composer-rules.ts'
import { emptyDraft } from './message-draft.ts'
import { useMessageDraft } from './use-message-draft.ts'

const LONGEST_NOTE = 4000

export interface NoteFieldProps {
  readonly conversationId: string
  readonly enterSends: boolean
}

/** A word to colleagues. Kept as a draft like a message, and looking like no message. */
export function NoteField({ conversationId, enterSends }: NoteFieldProps) {
  const api = useApi()
  const { apply, nudge } = useInboxNews()
  const { draft, change } = useMessageDraft(`${conversationId}:note`)
  const [state, setState] = useState<'idle' | 'saving' | { readonly problem: string }>('idle')
  // One key for one note: an attempt whose answer was lost is not written twice.
  const key = useRef<{ readonly body: string; readonly id: string }>(undefined)
  const body = draft.text.trim()

  const save = async () => {
    if (isBlank(body) || state === 'saving') return
    setState('saving')
    if (key.current?.body !== body) key.current = { body, id: crypto.randomUUID() }
    try {
      const { data } = await api.call('createNote', {
        params: { id: conversationId },
        body: { body },
        idempotencyKey: key.current.id,
      })
      apply({ notes: [data] })
      nudge()
      change(emptyDraft)
      setState('idle')
    } catch (error) {
      const { title, description } = problemOf(error)
      setState({ problem: `${title}. ${description} The note is kept here.` })
    }
  }

  return (
    <div className="flex flex-col gap-2">
      <Textarea
        dir="auto"
        aria-label="Note for colleagues"
        placeholder="A note for colleagues. The patient never sees it."
        className="max-h-[35dvh] min-h-16 resize-none bg-warning-soft"
        maxLength={LONGEST_NOTE}
        value={draft.text}
        onChange={(event) => change({ text: event.target.value })}
        onKeyDown={(event) => {
          if (event.nativeEvent.isComposing || !sendsOnEnter(event, enterSends)) return
          event.preventDefault()
          void save()
        }}
      />
      {typeof state === 'object' ? (
        <p role="alert" className="text-danger text-sm">
          {state.problem}
        </p>
      ) : null}
      <Button className="self-end" busy={state === 'saving'} disabled={isBlank(body)} onClick={() => void save()}>
        Add note
      </Button>
    </div>
  )
}
