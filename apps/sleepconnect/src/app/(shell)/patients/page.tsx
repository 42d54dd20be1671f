import type { Metadata } from 'next'
import { PatientDirectory } from '../../../features/patients/patient-directory.tsx'
import { requirePerson } from '../../../server/current-person.ts'
import { paths } from '../../../server/routing/places.ts'

export const metadata: Metadata = { title: 'Patients' }

export default async function PatientsPage() {
  await requirePerson(paths.patients)
  return <PatientDirectory />
}
