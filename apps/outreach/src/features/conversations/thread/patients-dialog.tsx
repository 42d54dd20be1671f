import type { Conversation, LinkedPatient, Patient } from '@sax/api-contract'
import { Button } from '@sax/ui/button'
import { Combobox } from '@sax/ui/combobox'
import { Dialog, DialogClose, DialogContent } from '@sax/ui/dialog'
import { Field } from '@sax/ui/field'
import { useQuery } from '@tanstack/react-query'
import { Plus, X } from 'lucide-react'
import { useState } from 'react'
import { useApi } from '../../shell/api.tsx'
import { useViewer } from '../../shell/viewer.tsx'
import { shownPhone } from '../shown-phone.ts'
import type { ConversationActs } from './conversation-acts.ts'

const PICKER_ROWS = 20
const NOBODY = 'nobody'

export interface PatientsDialogProps {
  readonly conversation: Conversation
  readonly acts: ConversationActs
  readonly onSaved: () => void
  readonly onClose: () => void
}

/** Who is behind a number, and whom messages are about. */
export function PatientsDialog({ conversation, acts, onSaved, onClose }: PatientsDialogProps) {
  const api = useApi()
  const [patients, setPatients] = useState<readonly LinkedPatient[]>(conversation.patients)
  const [chosenId, setChosenId] = useState(conversation.patientId)
  const onFile = useOnFile(conversation).filter(({ id }) => !patients.some((one) => one.id === id))

  const add = (patient: LinkedPatient) => {
    if (patients.some(({ id }) => id === patient.id)) return
    setPatients([...patients, patient])
    // The first one is whom it is about; of several a person decides.
    if (patients.length === 0) setChosenId(patient.id)
  }
  const remove = (id: string) => {
    setPatients(patients.filter((one) => one.id !== id))
    if (chosenId === id) setChosenId(null)
  }
  const search = async (query: string, signal: AbortSignal) =>
    (await api.call('listPatients', { query: { search: query, limit: PICKER_ROWS }, signal })).data.filter(
      ({ id, practiceId }) => practiceId === conversation.practiceId && !patients.some((one) => one.id === id),
    )
  const save = async () => {
    if (
      await acts.setPatients(
        conversation,
        patients.map(({ id }) => id),
        chosenId,
      )
    )
      onSaved()
  }

  return (
    <Dialog open onOpenChange={(open) => open || onClose()}>
      <DialogContent
        title={`Patients behind ${shownPhone(conversation.patientPhone)}`}
        description="Messages and templates are filled in for the one you choose. Nothing of the others is, for whoever holds the phone reads it."
        footer={
          <>
            <DialogClose asChild>
              <Button>Cancel</Button>
            </DialogClose>
            <Button variant="primary" busy={acts.busy} onClick={() => void save()}>
              Save
            </Button>
          </>
        }
      >
        <div className="flex flex-col gap-4">
          {patients.length === 0 ? (
            <p className="text-muted-foreground text-sm">Nobody yet. Find the patient below.</p>
          ) : (
            <fieldset className="flex flex-col gap-1">
              <legend className="mb-1 font-medium text-sm">Messages are about</legend>
              {patients.map((patient) => (
                <div key={patient.id} className="flex min-h-9 items-center gap-2 rounded-md hover:bg-muted/60">
                  <label className="flex min-w-0 flex-1 items-center gap-2 px-2 py-1.5">
                    <input
                      type="radio"
                      name="about"
                      className="accent-primary"
                      checked={chosenId === patient.id}
                      onChange={() => setChosenId(patient.id)}
                    />
                    <bdi className="truncate">{nameOf(patient)}</bdi>
                  </label>
                  <Button
                    size="icon"
                    variant="ghost"
                    className="size-8"
                    aria-label={`Take ${nameOf(patient)} off this number`}
                    onClick={() => remove(patient.id)}
                  >
                    <X aria-hidden />
                  </Button>
                </div>
              ))}
              <label className="flex min-h-9 items-center gap-2 rounded-md px-2 py-1.5 hover:bg-muted/60">
                <input
                  type="radio"
                  name="about"
                  value={NOBODY}
                  className="accent-primary"
                  checked={chosenId === null}
                  onChange={() => setChosenId(null)}
                />
                Nobody in particular
              </label>
            </fieldset>
          )}
          {onFile.length === 0 ? null : (
            <div className="flex flex-col gap-1">
              <p className="font-medium text-sm">Have this number on file</p>
              {onFile.map((patient) => (
                <Button key={patient.id} size="sm" className="self-start" onClick={() => add(patient)}>
                  <Plus aria-hidden />
                  <bdi>{nameOf(patient)}</bdi>
                </Button>
              ))}
            </div>
          )}
          <Field label="Add a patient">
            <Combobox<Patient>
              label="Add a patient"
              value={null}
              onSelect={(patient) => patient && add(patient)}
              search={search}
              itemKey={({ id }) => id}
              itemLabel={nameOf}
              itemDetail={({ dateOfBirth, phone }) =>
                phone === null ? `Born ${dateOfBirth}` : `Born ${dateOfBirth} · ${shownPhone(phone)}`
              }
              placeholder="Find by name, number or date of birth"
              emptyText="No other patient found"
            />
          </Field>
        </div>
      </DialogContent>
    </Dialog>
  )
}

/** Patients who have the number on file. Only the person's own practice is asked. */
function useOnFile({ patientPhone, practiceId }: Conversation): readonly LinkedPatient[] {
  const api = useApi()
  const viewer = useViewer()
  const { data } = useQuery({
    // Not kept, and not told apart by the number: a key must name nobody.
    queryKey: ['patients-on-file'],
    queryFn: async ({ signal }) =>
      (await api.call('checkDuplicateConversation', { body: { phone: patientPhone }, signal })).data.patients,
    enabled: practiceId === viewer.practiceId,
    gcTime: 0,
  })
  return data ?? []
}

function nameOf({ firstName, lastName }: LinkedPatient): string {
  return `${firstName} ${lastName}`
}
