import type { ReactNode } from 'react'
import { Inbox } from '../../../features/conversations/inbox.tsx'

export default function ConversationsLayout({ children }: { readonly children: ReactNode }) {
  return <Inbox>{children}</Inbox>
}
