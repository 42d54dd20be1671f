import { isUnder, type NavigationItem } from '@sax/topology'

/** The menu item whose page, or a page below it, is open. The home page is only itself. */
export function currentItem(items: readonly NavigationItem[], pathname: string): NavigationItem['id'] | undefined {
  return items.find(({ href }) => (href === '/' ? pathname === '/' : isUnder(pathname, href)))?.id
}
