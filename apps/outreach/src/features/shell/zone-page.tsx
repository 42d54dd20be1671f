import type { ComponentType, ReactNode } from 'react'
import type { SiteFrame } from './viewer.tsx'

/** What the server made a page of. Null and false, for it travels as JSON. */
export interface PageProps {
  /** Null where nobody is signed in: nothing about anybody is on the page. */
  readonly site: SiteFrame | null
  /** Nonce of the answer's content security policy. */
  readonly nonce: string
  /** There is nothing at this address. */
  readonly missing: boolean
}

/** A page of the zone, as `pages/_app.tsx` draws it. */
export type ZonePage = ComponentType & {
  /** Without the zone's name. A patient's name has no business in it: titles stay in the browser's history. */
  readonly title?: string
  /** Stays as it is while one goes from page to page within it. */
  readonly layout?: ComponentType<{ readonly children: ReactNode }>
}
