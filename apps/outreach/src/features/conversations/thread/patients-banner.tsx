import type { Conversation } from '@sax/api-contract'
import { Button } from '@sax/ui/button'
import { UserRoundSearch } from 'lucide-react'

export interface PatientsBannerProps {
  readonly conversation: Pick<Conversation, 'patients' | 'patientId'>
  readonly onChoose: () => void
}

/** That nobody has said yet whom a conversation is about, and where to say it. */
export function PatientsBanner({ conversation: { patients, patientId }, onChoose }: PatientsBannerProps) {
  if (patientId !== null || patients.length === 1) return null
  const unknown = patients.length === 0
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-1 border-b bg-info-soft px-4 py-1.5 text-info text-sm">
      <p className="flex min-w-0 flex-1 basis-60 items-center gap-2">
        <UserRoundSearch aria-hidden className="size-4 shrink-0" />
        {unknown
          ? 'Nobody known has this number.'
          : `${patients.length} patients share this phone, and messages are about none in particular.`}
      </p>
      <Button size="sm" onClick={onChoose}>
        {unknown ? 'Link a patient' : 'Choose one'}
      </Button>
    </div>
  )
}
