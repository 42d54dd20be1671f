import { Button } from '@sax/ui/button'
import { Skeleton } from '@sax/ui/skeleton'
import { UserRound, X } from 'lucide-react'
import { usePatient } from '../data/people-queries.ts'
import { usePatientChoice } from '../patient-choice.ts'

/** Says for whom a template is being looked for, when a patient was chosen before. */
export function PatientBanner() {
  const { patientId, choose } = usePatientChoice()
  const patient = usePatient(patientId)
  if (patientId === undefined) return null
  return (
    <div className="mb-4 flex min-h-11 items-center gap-2.5 rounded-lg border bg-card py-1 ps-3 pe-1">
      <UserRound aria-hidden className="size-4 shrink-0 text-muted-foreground" />
      {/* No paragraph: the skeleton is a block, which would end it in the HTML from the server. */}
      <div className="min-w-0 flex-1 truncate">
        {patient.data ? (
          <>
            For <bdi className="font-medium">{`${patient.data.firstName} ${patient.data.lastName}`}</bdi>
          </>
        ) : patient.isError ? (
          'The chosen patient cannot be shown here'
        ) : (
          <Skeleton className="w-40" />
        )}
      </div>
      <Button variant="ghost" size="icon" aria-label="Without this patient" onClick={() => choose(undefined)}>
        <X aria-hidden />
      </Button>
    </div>
  )
}
