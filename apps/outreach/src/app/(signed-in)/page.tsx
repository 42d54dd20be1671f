import { outreachPath } from '@sax/topology'
import { TemplatesOverview } from '../../features/templates/overview/templates-overview.tsx'
import { requireUserContext } from '../../server/user-context.ts'

export default async function OutreachPage() {
  await requireUserContext(outreachPath())
  return <TemplatesOverview />
}
