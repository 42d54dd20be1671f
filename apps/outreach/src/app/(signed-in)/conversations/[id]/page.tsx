import { outreachPath } from '@sax/topology'
import { isUuid } from '@sax/user-context'
import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { Thread } from '../../../../features/conversations/thread/thread.tsx'
import { requireUserContext } from '../../../../server/user-context.ts'

// A patient's name has no business in a title: titles stay in the browser's history.
export const metadata: Metadata = { title: 'Conversation' }

export default async function ConversationPage({ params }: { readonly params: Promise<{ readonly id: string }> }) {
  const { id } = await params
  await requireUserContext(outreachPath('conversations', id))
  if (!isUuid(id)) notFound()
  return <Thread key={id} id={id} />
}
