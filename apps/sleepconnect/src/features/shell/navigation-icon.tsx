import type { NavigationItem } from '@sax/topology'
import { House, MessageSquareText, MessagesSquare, Server, Users } from 'lucide-react'
import type { ReactNode } from 'react'

const icons: Readonly<Record<NavigationItem['id'], ReactNode>> = {
  home: <House aria-hidden />,
  patients: <Users aria-hidden />,
  conversations: <MessagesSquare aria-hidden />,
  templates: <MessageSquareText aria-hidden />,
  zones: <Server aria-hidden />,
}

export function navigationIcon(id: NavigationItem['id']): ReactNode {
  return icons[id]
}
