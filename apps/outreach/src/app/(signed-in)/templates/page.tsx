import { outreachPath } from '@sax/topology'
import type { Metadata } from 'next'
import { TemplateLibrary } from '../../../features/templates/library/template-library.tsx'
import { requireUserContext } from '../../../server/user-context.ts'

export const metadata: Metadata = { title: 'Templates' }

export default async function TemplatesPage() {
  await requireUserContext(outreachPath('templates'))
  return <TemplateLibrary />
}
