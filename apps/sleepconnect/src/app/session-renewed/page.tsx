import { SignedInSignal } from '@sax/ui/session'
import type { Metadata } from 'next'
import { requirePerson } from '../../server/current-person.ts'
import { paths } from '../../server/routing/places.ts'

export const metadata: Metadata = { title: 'Signed in again' }

/** Opened in a window of its own by somebody whose session ended in mid-work; tells the first window and closes. */
export default async function SessionRenewed() {
  await requirePerson(paths.sessionRenewed)
  return <SignedInSignal />
}
