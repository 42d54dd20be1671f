import type { Patient } from '@sax/api-contract'
import { parseTemplate, renderTemplate } from '@sax/message-template'
import { Card, CardBody, CardHeader } from '@sax/ui/card'
import { Combobox } from '@sax/ui/combobox'
import { Field } from '@sax/ui/field'
import { Input } from '@sax/ui/input'
import { useMemo, useState } from 'react'
import { problemOf } from '../../shell/problem.ts'
import { useViewer } from '../../shell/viewer.tsx'
import { usePatient, usePatientSearch, usePractice, useRememberPatient } from '../data/people-queries.ts'
import { useRecordUse } from '../data/template-acts.ts'
import { usePatientChoice } from '../patient-choice.ts'
import { CopyButton } from './copy-button.tsx'
import { MessageSizeLine } from './message-size-line.tsx'
import { RenderedMessage } from './rendered-message.tsx'
import { askedByHand, knownValues, previewValues, variableLabel } from './values.ts'

export interface PreviewPanelProps {
  readonly content: string
  /** Id of the stored template whose use is counted; undefined while there is none. */
  readonly templateId: string | undefined
  /** Beside an editor, whose main act is to save. Default false. */
  readonly besideEditor?: boolean
}

/** The message filled in for a patient, as it would be sent. Rendered here, while one types; kept nowhere. */
export function PreviewPanel({ content, templateId, besideEditor = false }: PreviewPanelProps) {
  const viewer = useViewer()
  const { patientId, choose } = usePatientChoice()
  const patient = usePatient(patientId)
  const searchPatients = usePatientSearch()
  const remember = useRememberPatient()
  const recordUse = useRecordUse()
  const [byHand, setByHand] = useState<Readonly<Record<string, string>>>({})

  const { variables } = useMemo(() => parseTemplate(content), [content])
  const practice = usePractice(viewer.practiceId, variables.includes('practicePhone'))
  const known = knownValues({
    patient: patient.data,
    practice: practice.data,
    practiceName: viewer.practiceName,
    coordinatorName: viewer.name,
  })
  const values = previewValues(known, byHand)
  const { text, missing } = renderTemplate(content, values)
  const chosen = patientId === undefined ? null : (patient.data ?? null)

  return (
    <Card>
      <CardHeader title="Preview" description="Filled in for one patient, the way it is sent" />
      <CardBody className="flex flex-col gap-4">
        <Field label="Patient" error={patient.isError ? patientProblem(patient.error) : undefined}>
          <Combobox<Patient>
            label="Patient"
            value={chosen}
            onSelect={(next) => {
              if (next) remember(next)
              choose(next?.id)
            }}
            search={searchPatients}
            itemKey={({ id }) => id}
            itemLabel={({ firstName, lastName }) => `${firstName} ${lastName}`}
            itemDetail={patientDetail}
            placeholder={patientId !== undefined && patient.isPending ? 'Loading' : 'Choose a patient'}
            emptyText="No patient found"
            clearable
          />
        </Field>
        {askedByHand(variables, known).map((name) => (
          <Field key={name} label={variableLabel(name)} optional>
            <Input
              dir="auto"
              autoComplete="off"
              value={byHand[name] ?? ''}
              maxLength={500}
              onChange={(event) => setByHand({ ...byHand, [name]: event.target.value })}
            />
          </Field>
        ))}
        <div className="rounded-xl bg-muted p-3">
          <p
            dir="auto"
            data-testid="preview"
            className="ms-auto w-fit min-w-24 max-w-full whitespace-pre-wrap break-words rounded-xl rounded-ee-sm border bg-card px-3 py-2 leading-6"
          >
            {content.trim() === '' ? (
              <span className="text-muted-foreground">The message appears here</span>
            ) : (
              <RenderedMessage content={content} values={values} />
            )}
          </p>
        </div>
        <MessageSizeLine text={text} />
        <CopyButton
          text={text}
          missing={missing}
          main={!besideEditor}
          onCopied={() => {
            if (templateId !== undefined) void recordUse(templateId)
          }}
        />
      </CardBody>
    </Card>
  )
}

/** What tells two patients of one name apart. */
function patientDetail({ dateOfBirth, phone }: Patient): string {
  return phone === null ? `Born ${dateOfBirth}` : `Born ${dateOfBirth} · ${phone}`
}

function patientProblem(error: Error): string {
  const { status, title, description } = problemOf(error)
  return status === 404 ? 'This patient is not in your practice. Choose another.' : `${title}. ${description}`
}
