'use client'

import type { UserContext } from '@sax/user-context'
import { createContext, type ReactNode, use } from 'react'

export interface Site {
  /** Who is signed in, as the server verified it. */
  readonly viewer: UserContext
  /** Public base of the host zone, without a trailing slash. */
  readonly hostUrl: string
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
