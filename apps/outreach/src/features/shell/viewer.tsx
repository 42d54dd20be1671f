import type { NavigationItem } from '@sax/topology'
import type { UserContext } from '@sax/user-context'
import { createContext, type ReactNode, use } from 'react'

export interface Site {
  /** Who is signed in, as the server verified it. */
  readonly viewer: UserContext
  /** Public base of the host zone, without a trailing slash. */
  readonly hostUrl: string
}

/** What the frame around a page needs. */
export interface SiteFrame extends Site {
  /** The menu of this stage. */
  readonly navigation: readonly NavigationItem[]
}

const SiteContext = createContext<Site | undefined>(undefined)

export function SiteProvider({ site, children }: { readonly site: Site; readonly children: ReactNode }) {
  return <SiteContext value={site}>{children}</SiteContext>
}

/** @throws Error outside the signed-in layout. */
export function useSite(): Site {
  const site = use(SiteContext)
  if (site === undefined) throw new Error('useSite needs SiteProvider above it')
  return site
}

export function useViewer(): UserContext {
  return useSite().viewer
}
