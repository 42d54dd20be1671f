'use client'

import type { Patient } from '@sax/api-contract'
import { ApiError } from '@sax/api-contract/client'
import { Button } from '@sax/ui/button'
import { Combobox } from '@sax/ui/combobox'
import { Dialog, DialogClose, DialogContent } from '@sax/ui/dialog'
import { Field } from '@sax/ui/field'
import { Input } from '@sax/ui/input'
import { Popover, PopoverContent, PopoverTrigger } from '@sax/ui/popover'
import { Textarea } from '@sax/ui/textarea'
import { isUuid } from '@sax/user-context'
import { Moon, Zap } from 'lucide-react'
import { useRef, useState } from 'react'
import { useApi } from '../../shell/api.tsx'
import { problemOf } from '../../shell/problem.ts'
import { useViewer } from '../../shell/viewer.tsx'
import { LONGEST_MESSAGE } from '../composer/composer-rules.ts'
import { quietWords } from '../composer/quiet-words.ts'
import { SizeLine } from '../composer/size-line.tsx'
import { TemplatePicker } from '../composer/template-picker.tsx'
import { UnresolvedList } from '../composer/unresolved-list.tsx'
import { useMessageCheck } from '../composer/use-message-check.ts'
import { addToDraft } from '../composer/use-message-draft.ts'
import { useInboxNews } from '../data/inbox-news.tsx'
import { shownPhone } from '../shown-phone.ts'

const PICKER_ROWS = 20

export interface NewConversationDialogProps {
  readonly onClose: () => void
  /** Opens the conversation: a new one, or the one there already was. */
  readonly onOpen: (id: string) => void
}

/** Begins a conversation with a patient or a number. One that is there already is opened instead. */
export function NewConversationDialog({ onClose, onOpen }: NewConversationDialogProps) {
  const api = useApi()
  const { apply, nudge, clock } = useInboxNews()
  const viewer = useViewer()
  const [patient, setPatient] = useState<Patient | null>(null)
  const [phone, setPhone] = useState('')
  const [text, setText] = useState('')
  const [templateId, setTemplateId] = useState<string>()
  const [choosing, setChoosing] = useState(false)
  const [state, setState] = useState<'idle' | 'busy' | { readonly problem: string }>('idle')
  const [quiet, setQuiet] = useState<{ readonly to: string; readonly untilIso: string; readonly words: string }>()
  // One conversation and one message, however often the answer is lost on the way.
  const ids = useRef({ conversation: crypto.randomUUID(), message: crypto.randomUUID(), of: '' })
  const field = useRef<HTMLTextAreaElement>(null)
  const check = useMessageCheck(text)
  const unresolved = check?.unresolved ?? []
  const withoutNumber = patient !== null && patient.phone === null && phone.trim() === ''
  const ready = (patient !== null || phone.trim() !== '') && !withoutNumber && unresolved.length === 0

  const to = JSON.stringify([patient?.id, phone.trim()])
  // Of whom it was asked; another recipient may be awake.
  const asleep = quiet?.to === to && text.trim() !== '' ? quiet : undefined

  const searchPatients = async (query: string, signal: AbortSignal) =>
    (await api.call('listPatients', { query: { search: query, limit: PICKER_ROWS }, signal })).data

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
    if (!ready || state === 'busy') return
    setState('busy')
    const untilIso = when === 'morning' ? asleep?.untilIso : undefined
    // In the morning it goes at once.
    const scheduledFor = untilIso !== undefined && Date.parse(untilIso) > clock.nowMs() ? untilIso : undefined
    const of = JSON.stringify([to, text, scheduledFor])
    if (ids.current.of !== of) ids.current = { conversation: crypto.randomUUID(), message: crypto.randomUUID(), of }
    const firstMessage = { clientId: ids.current.message, body: text, templateId, scheduledFor }
    try {
      if (text.trim() !== '' && when === undefined && (await isAsleep())) return setState('idle')
      const { data } = await api.call('createConversation', {
        body: {
          ...(patient === null ? {} : { patientId: patient.id }),
          ...(phone.trim() === '' ? {} : { phone: phone.trim() }),
          ...(text.trim() === '' ? {} : { firstMessage }),
        },
        idempotencyKey: ids.current.conversation,
      })
      apply({ conversations: [data] }, { mine: true })
      nudge()
      onOpen(data.id)
    } catch (error) {
      const existing = existingId(error)
      if (existing === undefined) return setState({ problem: problemWords(error) })
      if (text.trim() !== '') addToDraft(viewer, existing, { text, templateId })
      onOpen(existing)
    }
  }

  return (
    <Dialog open onOpenChange={(open) => open || onClose()}>
      <DialogContent
        title="New conversation"
        footer={
          <>
            <DialogClose asChild>
              <Button>Cancel</Button>
            </DialogClose>
            {asleep === undefined ? null : (
              <Button variant="ghost" disabled={!ready || state === 'busy'} onClick={() => void begin('now')}>
                Send now
              </Button>
            )}
            <Button
              variant="primary"
              busy={state === 'busy'}
              disabled={!ready}
              onClick={() => void begin(asleep === undefined ? undefined : 'morning')}
            >
              {text.trim() === '' ? 'Open conversation' : asleep === undefined ? 'Send' : 'Send in the morning'}
            </Button>
          </>
        }
      >
        <div className="flex flex-col gap-4">
          <Field
            label="Patient"
            error={withoutNumber ? 'This patient has no telephone number. Give one below.' : undefined}
          >
            <Combobox<Patient>
              label="Patient"
              value={patient}
              onSelect={setPatient}
              search={searchPatients}
              itemKey={({ id }) => id}
              itemLabel={({ firstName, lastName }) => `${firstName} ${lastName}`}
              itemDetail={({ dateOfBirth, phone: number }) =>
                number === null ? `Born ${dateOfBirth}` : `Born ${dateOfBirth} · ${shownPhone(number)}`
              }
              placeholder="Choose a patient"
              emptyText="No patient found"
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
              maxLength={40}
              placeholder="(617) 555-0100"
              value={phone}
              onChange={(event) => setPhone(event.target.value)}
            />
          </Field>
          <Field
            label="First message"
            optional
            action={
              <Popover open={choosing} onOpenChange={setChoosing}>
                <PopoverTrigger asChild>
                  <Button size="sm" variant="ghost">
                    <Zap aria-hidden />
                    Templates
                  </Button>
                </PopoverTrigger>
                <PopoverContent align="end" aria-label="Templates" className="w-96 p-0">
                  <TemplatePicker
                    patientId={patient?.id}
                    onPick={(filled, id) => {
                      setText(filled.slice(0, LONGEST_MESSAGE))
                      setTemplateId(id)
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
              maxLength={LONGEST_MESSAGE}
              value={text}
              onChange={(event) => setText(event.target.value)}
            />
          </Field>
          <UnresolvedList names={unresolved} onShow={() => field.current?.focus()} />
          {check === undefined ? null : <SizeLine check={check} />}
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
  if (error instanceof ApiError && error.body.code === 'INVALID_PHONE_FORMAT')
    return 'This is not a telephone number. Write it with its area code.'
  if (error instanceof ApiError && error.body.code === 'OPTED_OUT')
    return 'This patient has opted out: nothing can be sent to this number.'
  const { title, description } = problemOf(error)
  return `${title}. ${description}`
}
