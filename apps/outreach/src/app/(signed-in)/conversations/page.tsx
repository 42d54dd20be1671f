import { outreachPath } from '@sax/topology'
import type { Metadata } from 'next'
import { NoneChosen } from '../../../features/conversations/thread/none-chosen.tsx'
import { requireUserContext } from '../../../server/user-context.ts'

export const metadata: Metadata = { title: 'Conversations' }

export default async function ConversationsPage() {
  await requireUserContext(outreachPath('conversations'))
  return <NoneChosen />
}
