import { outreachPath } from '@sax/topology'
import type { Metadata } from 'next'
import { NewTemplate } from '../../../../features/templates/editor/new-template.tsx'
import { requireUserContext } from '../../../../server/user-context.ts'

export const metadata: Metadata = { title: 'New template' }

export default async function NewTemplatePage() {
  await requireUserContext(outreachPath('templates', 'new'))
  return <NewTemplate />
}
