import { outreachPath } from '@sax/topology'
import { isUuid } from '@sax/user-context'
import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { StoredTemplate } from '../../../../features/templates/editor/stored-template.tsx'
import { requireUserContext } from '../../../../server/user-context.ts'

export const metadata: Metadata = { title: 'Template' }

export default async function TemplatePage({ params }: { readonly params: Promise<{ readonly id: string }> }) {
  const { id } = await params
  await requireUserContext(outreachPath('templates', id))
  if (!isUuid(id)) notFound()
  return <StoredTemplate key={id} id={id} />
}
