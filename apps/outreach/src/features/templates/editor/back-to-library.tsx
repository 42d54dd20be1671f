import { outreachPath } from '@sax/topology'
import { ArrowLeft } from 'lucide-react'
import { ZoneLink } from '../../shell/zone-link.tsx'
import { usePatientChoice, withPatient } from '../patient-choice.ts'

export function BackToLibrary() {
  const { patientId } = usePatientChoice()
  return (
    <ZoneLink
      href={withPatient(outreachPath('templates'), patientId)}
      className="focus-ring -ms-1 inline-flex items-center gap-1 rounded-sm px-1 hover:text-foreground"
    >
      <ArrowLeft aria-hidden className="size-3.5" />
      Templates
    </ZoneLink>
  )
}
