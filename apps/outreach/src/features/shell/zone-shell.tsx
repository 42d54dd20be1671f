import { hostPath, type NavigationItem, outreach, outreachPath, practicePath } from '@sax/topology'
import { AppShell } from '@sax/ui/app-shell'
import { switchPractice } from '@sax/ui/switch-practice'
import { House, MessageSquareText, MessagesSquare, Server, Users } from 'lucide-react'
import type { ReactNode } from 'react'
import { useApi } from './api.tsx'
import { useOnOwnName } from './host-name.ts'
import { menuItems } from './menu-items.ts'
import { OwnNameNotice } from './own-name-notice.tsx'
import { roleLabel } from './role-label.ts'
import { useSite } from './viewer.tsx'
import { ZoneLink } from './zone-link.tsx'
import { usePagePath } from './zone-router.ts'

const icons: Readonly<Record<NavigationItem['id'], ReactNode>> = {
  home: <House />,
  patients: <Users />,
  conversations: <MessagesSquare />,
  templates: <MessageSquareText />,
  zones: <Server />,
}

interface ZoneShellProps {
  /** The menu of this stage. */
  readonly navigation: readonly NavigationItem[]
  readonly children: ReactNode
}

/** The frame around every page of the zone. What belongs to the host is a hard link to the host's name. */
export function ZoneShell({ navigation, children }: ZoneShellProps) {
  const { viewer, hostUrl } = useSite()
  const api = useApi()
  const onOwnName = useOnOwnName()
  const pathname = usePagePath()
  return (
    <AppShell
      zone={outreach.name}
      items={menuItems({ navigation, roles: viewer.roles, pathname, hostUrl }).map((item) => ({
        ...item,
        icon: icons[item.id],
      }))}
      person={{ name: viewer.name, email: viewer.email, roleLabel: roleLabel(viewer.roles) }}
      practice={{ id: viewer.practiceId, name: viewer.practiceName ?? 'Your practice' }}
      practiceSwitch={
        onOwnName
          ? undefined
          : {
              load: async () => (await api.call('listPractices', {})).data,
              select: async (practiceId) => {
                await switchPractice(practicePath, practiceId)
                // Everything on the screen belongs to the old practice.
                window.location.assign(outreachPath('templates'))
              },
            }
      }
      signOutHref={`${hostUrl}${hostPath('auth', 'logout')}`}
      linkComponent={ZoneLink}
      homeHref={`${hostUrl}${hostPath('')}`}
      homeHard
      notice={onOwnName ? <OwnNameNotice hostUrl={hostUrl} pathname={pathname} /> : undefined}
    >
      {children}
    </AppShell>
  )
}
