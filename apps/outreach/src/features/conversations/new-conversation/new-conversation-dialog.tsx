import type { Patient } from '@sax/api-contract'
import { isBlank } from '@sax/api-contract/blank'
import { ApiError } from '@sax/api-contract/client'
import { Button } from '@sax/ui/button'
import { Combobox } from '@sax/ui/combobox'
import { Dialog, DialogClose, DialogContent } from '@sax/ui/dialog'
import { Field } from '@sax/ui/field'
import { Input } from '@sax/ui/input'
import { Popover, PopoverContent, PopoverTrigger } from '@sax/ui/popover'
import { Textarea } from '@sax/ui/textarea'
import { isUuid } from '@sax/user-context'
import { Moon, PenLine, Trash2, Undo2, Zap } from 'lucide-react'
import { useRef, useState } from 'react'
import { useApi } from '../../shell/api.tsx'
import { isPassing, problemOf } from '../../shell/problem.ts'
import { useViewer } from '../../shell/viewer.tsx'
import { usePatientSearch } from '../../templates/data/people-queries.ts'
import { LONGEST_MESSAGE } from '../composer/composer-rules.ts'
import { quietWords } from '../composer/quiet-words.ts'
import { SizeLine } from '../composer/size-line.tsx'
import { TemplatePicker } from '../composer/template-picker.tsx'
import { UnresolvedList } from '../composer/unresolved-list.tsx'
import { useMessageCheck } from '../composer/use-message-check.ts'
import { addToDraft } from '../composer/use-message-draft.ts'
import { useInboxNews } from '../data/inbox-news.tsx'
import { shownPhone } from '../shown-phone.ts'
import { useFirstDraft } from './use-first-draft.ts'

export interface NewConversationDialogProps {
  readonly onClose: () => void
  /** Opens the conversation: a new one, or the one there already was. */
  readonly onOpen: (id: string) => void
}

/**
 * Begins a conversation with a patient or a number. One that is there already is opened instead. What is written is kept
 * until it is sent or discarded, also when the dialog is closed.
 */
export function NewConversationDialog({ onClose, onOpen }: NewConversationDialogProps) {
  const api = useApi()
  const { apply, nudge, clock } = useInboxNews()
  const viewer = useViewer()
  const first = useFirstDraft()
  const { recipient } = first
  const { text, phone, templateId } = first.draft
  const patient = recipient.kind === 'patient' ? recipient.patient : null
  const searchPatients = usePatientSearch()
  const [choosing, setChoosing] = useState(false)
  const [state, setState] = useState<'idle' | 'busy' | { readonly problem: string }>('idle')
  // What is on its way stays as it is.
  const busy = state === 'busy'
  const [quiet, setQuiet] = useState<{ readonly to: string; readonly untilIso: string; readonly words: string }>()
  const field = useRef<HTMLTextAreaElement>(null)
  const check = useMessageCheck(text)
  const unresolved = check?.unresolved ?? []
  const written = !isBlank(text)
  const withoutNumber = patient !== null && patient.phone === null && phone.trim() === ''
  const known = recipient.kind === 'patient' || (recipient.kind === 'nobody' && phone.trim() !== '')
  const ready = known && !withoutNumber && unresolved.length === 0

  const to = JSON.stringify([patient?.id, phone.trim()])
  // Of whom it was asked; another recipient may be awake.
  const asleep = quiet?.to === to && written ? quiet : undefined

  /** Asks before a first message leaves whether the patient sleeps. True: so it is, and a person has to say when it goes. */
  const isAsleep = async (): Promise<boolean> => {
    const number = phone.trim() || (patient?.phone ?? '')
    const { data } = await api.call('checkDuplicateConversation', {
      body: { phone: number, ...(patient === null ? {} : { patientId: patient.id }) },
    })
    // A backend of the release before does not say.
    const { quietHours } = data as Partial<typeof data>
    if (quietHours?.quietNow !== true || data.conversationId !== null) return false
    setQuiet({ to, untilIso: quietHours.changesAt, words: quietWords(quietHours, clock.nowMs()) })
    return true
  }

  const begin = async (when: 'now' | 'morning' | undefined) => {
    if (!ready || busy) return
    setState('busy')
    // Of what was tried before, with an answer that was lost, everything has been said: it is the same attempt.
    const again = when === undefined ? first.draft.attempt : undefined
    const untilIso = when === 'morning' ? asleep?.untilIso : undefined
    // In the morning it goes at once.
    const later = untilIso !== undefined && Date.parse(untilIso) > clock.nowMs() ? untilIso : undefined
    try {
      if (written && when === undefined && again === undefined && (await isAsleep())) return setState('idle')
      const { conversationKey, messageId, scheduledFor } = again ?? first.attempt(later)
      const { data } = await api.call('createConversation', {
        body: {
          ...(patient === null ? {} : { patientId: patient.id }),
          ...(phone.trim() === '' ? {} : { phone: phone.trim() }),
          ...(written ? { firstMessage: { clientId: messageId, body: text, templateId, scheduledFor } } : {}),
        },
        idempotencyKey: conversationKey,
      })
      first.done()
      apply({ conversations: [data] }, { mine: true })
      nudge()
      onOpen(data.id)
    } catch (error) {
      const existing = existingId(error)
      if (existing === undefined) {
        if (!isPassing(error)) first.refused()
        return setState({ problem: problemWords(error) })
      }
      if (written && !first.removed()) addToDraft(viewer, existing, { text, templateId })
      first.done()
      onOpen(existing)
    }
  }

  return (
    <Dialog open onOpenChange={(open) => open || onClose()}>
      <DialogContent
        title="New conversation"
        footer={
          <>
            {first.discarded ? (
              <Button variant="ghost" className="sm:me-auto" onClick={first.undo}>
                <Undo2 aria-hidden />
                Bring back what you discarded
              </Button>
            ) : written ? (
              <Button variant="ghost" className="sm:me-auto" disabled={busy} onClick={first.discard}>
                <Trash2 aria-hidden />
                Discard
              </Button>
            ) : null}
            <DialogClose asChild>
              <Button>{written ? 'Keep for later' : 'Cancel'}</Button>
            </DialogClose>
            {asleep === undefined ? null : (
              <Button variant="ghost" disabled={!ready || busy} onClick={() => void begin('now')}>
                Send now
              </Button>
            )}
            <Button
              variant="primary"
              busy={busy}
              disabled={!ready}
              onClick={() => void begin(asleep === undefined ? undefined : 'morning')}
            >
              {written ? (asleep === undefined ? 'Send' : 'Send in the morning') : 'Open conversation'}
            </Button>
          </>
        }
      >
        <div className="flex flex-col gap-4">
          {first.found && written ? (
            <p role="note" className="flex items-center gap-1.5 rounded-lg bg-info-soft px-3 py-1.5 text-info text-sm">
              <PenLine aria-hidden className="size-4 shrink-0" />
              You began this before and have not sent it.
            </p>
          ) : null}
          <Field
            label="Patient"
            error={
              recipient.kind === 'problem'
                ? recipient.words
                : withoutNumber
                  ? 'This patient has no telephone number. Give one below.'
                  : undefined
            }
          >
            <Combobox<Patient>
              label="Patient"
              value={patient}
              onSelect={first.choose}
              search={searchPatients}
              itemKey={({ id }) => id}
              itemLabel={({ firstName, lastName }) => `${firstName} ${lastName}`}
              itemDetail={({ dateOfBirth, phone: number }) =>
                number === null ? `Born ${dateOfBirth}` : `Born ${dateOfBirth} · ${shownPhone(number)}`
              }
              placeholder={recipient.kind === 'loading' ? 'Looking the patient up' : 'Choose a patient'}
              emptyText="No patient found"
              disabled={busy}
              clearable
            />
          </Field>
          <Field
            label={patient === null ? 'Or a telephone number' : 'Another telephone number'}
            optional={patient !== null}
          >
            <Input
              type="tel"
              inputMode="tel"
              autoComplete="off"
              readOnly={busy}
              maxLength={40}
              placeholder="(617) 555-0100"
              value={phone}
              onChange={(event) => first.write({ phone: event.target.value })}
            />
          </Field>
          <Field
            label="First message"
            optional
            action={
              <Popover open={choosing} onOpenChange={setChoosing}>
                <PopoverTrigger asChild>
                  <Button size="sm" variant="ghost" disabled={busy}>
                    <Zap aria-hidden />
                    Templates
                  </Button>
                </PopoverTrigger>
                <PopoverContent align="end" aria-label="Templates" className="w-96 p-0">
                  <TemplatePicker
                    patientId={patient?.id}
                    onPick={(filled, id) => {
                      first.write({ text: filled.slice(0, LONGEST_MESSAGE), templateId: id })
                      setChoosing(false)
                    }}
                  />
                </PopoverContent>
              </Popover>
            }
          >
            <Textarea
              ref={field}
              dir="auto"
              readOnly={busy}
              maxLength={LONGEST_MESSAGE}
              value={text}
              onChange={(event) => first.write({ text: event.target.value })}
            />
          </Field>
          <UnresolvedList names={unresolved} onShow={() => field.current?.focus()} />
          {check === undefined ? null : <SizeLine check={check} />}
          {first.kept ? null : (
            <p role="alert" className="text-sm text-warning">
              This browser keeps no drafts. Send before you close this.
            </p>
          )}
          {asleep === undefined ? null : (
            <p
              role="status"
              className="flex items-center gap-1.5 rounded-lg bg-info-soft px-3 py-1.5 text-info text-sm"
            >
              <Moon aria-hidden className="size-4 shrink-0" />
              {asleep.words}
            </p>
          )}
          {typeof state === 'object' ? (
            <p role="alert" className="text-danger text-sm">
              {state.problem}
            </p>
          ) : null}
        </div>
      </DialogContent>
    </Dialog>
  )
}

/** The conversation the practice already has with this number. */
function existingId(error: unknown): string | undefined {
  if (!(error instanceof ApiError) || error.body.code !== 'CONVERSATION_EXISTS') return undefined
  const id = error.body.details?.conversationId
  return isUuid(id) ? id : undefined
}

function problemWords(error: unknown): string {
  if (error instanceof ApiError && error.body.code === 'INVALID_PHONE_FORMAT') return error.body.message
  if (error instanceof ApiError && error.body.code === 'OPTED_OUT')
    return 'This patient has opted out: nothing can be sent to this number.'
  const { title, description } = problemOf(error)
  return `${title}. ${description}`
}
