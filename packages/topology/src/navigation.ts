import { hostPath, outreachPath } from './urls.ts'
import type { ZoneName } from './zones.ts'

export interface NavigationItem {
  readonly id: 'home' | 'patients' | 'conversations' | 'templates' | 'zones'
  readonly label: string
  readonly href: string
  /** A link to an item of another zone is a hard navigation (`<a href>`). */
  readonly zone: ZoneName
  /** Role that sees the item; absent: everybody. */
  readonly role?: 'administrator'
}

/** The site's one menu, the same in every zone. An item appears here when its screen exists, not before. */
export const navigation: readonly NavigationItem[] = [
  { id: 'home', label: 'Home', href: hostPath(''), zone: 'sleepconnect' },
  { id: 'patients', label: 'Patients', href: hostPath('patients'), zone: 'sleepconnect' },
  { id: 'conversations', label: 'Conversations', href: outreachPath('conversations'), zone: 'outreach' },
  { id: 'templates', label: 'Templates', href: outreachPath('templates'), zone: 'outreach' },
  {
    id: 'zones',
    label: 'Administration',
    href: hostPath('admin', 'zones'),
    zone: 'sleepconnect',
    role: 'administrator',
  },
]
