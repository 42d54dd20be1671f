import { hostPath } from '@sax/topology'
import { isUuid } from '@sax/user-context'
import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { PatientPage } from '../../../../features/patients/patient-page.tsx'
import { requirePerson } from '../../../../server/current-person.ts'

// Never the patient's name: titles end up in histories, window lists and bookmarks.
export const metadata: Metadata = { title: 'Patient' }

export default async function Patient({ params }: PageProps<'/patients/[id]'>) {
  const { id } = await params
  await requirePerson(hostPath('patients', id))
  if (!isUuid(id)) notFound()
  return <PatientPage key={id} id={id} />
}
