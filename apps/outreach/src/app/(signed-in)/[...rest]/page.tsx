import { outreachPath } from '@sax/topology'
import { notFound } from 'next/navigation'
import { requireUserContext } from '../../../server/user-context.ts'

/** Every other address of the zone: not found, inside the shell and for signed-in people only. */
export default async function UnknownPage() {
  await requireUserContext(outreachPath())
  notFound()
}
