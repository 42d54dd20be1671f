import { hostPath } from '@sax/topology'
import type { Metadata } from 'next'
import { forbidden } from 'next/navigation'
import { PartsScreen } from '../../../../features/parts/parts-screen.tsx'
import { requirePerson } from '../../../../server/current-person.ts'

export const metadata: Metadata = { title: 'Administration' }

export default async function ZonesPage() {
  const person = await requirePerson(hostPath('admin', 'zones'))
  // Decided before any HTML: nobody sees the page flash by, entitled or not.
  if (!person.roles.includes('administrator')) forbidden()
  return <PartsScreen />
}
