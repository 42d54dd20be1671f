import { isUnder, type NavigationItem, outreach } from '@sax/topology'
import type { Role } from '@sax/user-context'

export interface MenuItem {
  readonly id: NavigationItem['id']
  readonly label: string
  readonly href: string
  readonly hard: boolean
  readonly current: boolean
}

interface MenuOptions {
  readonly navigation: readonly NavigationItem[]
  readonly roles: readonly Role[]
  /** With the base path. */
  readonly pathname: string
  /** Public base of the host zone. */
  readonly hostUrl: string
}

/** The site's menu as this zone shows it: its own items are soft links, all others lead to the host's name. */
export function menuItems({ navigation, roles, pathname, hostUrl }: MenuOptions): readonly MenuItem[] {
  return navigation
    .filter(({ role }) => role === undefined || roles.includes(role))
    .map(({ id, label, href, zone }) => {
      const own = zone === outreach.name
      // The zone's first page is an overview of templates.
      const current = own && (isUnder(pathname, href) || (id === 'templates' && isFirstPage(pathname)))
      return { id, label, href: own ? href : `${hostUrl}${href}`, hard: !own, current }
    })
}

function isFirstPage(pathname: string): boolean {
  return pathname === outreach.basePath || pathname === `${outreach.basePath}/`
}
