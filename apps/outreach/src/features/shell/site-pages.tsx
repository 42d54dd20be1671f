import { useState } from 'react'
import { NothingHere } from './nothing-here.tsx'
import { PageBoundary } from './page-boundary.tsx'
import { SignedIn } from './signed-in.tsx'
import type { SiteFrame } from './viewer.tsx'
import type { ZonePage } from './zone-page.tsx'
import { ZoneShell } from './zone-shell.tsx'

interface SitePagesProps {
  readonly site: SiteFrame | undefined
  readonly page: ZonePage
  readonly missing: boolean
  /** With the base path. */
  readonly address: string
}

/** One page after the other, in a frame that stays. */
export function SitePages({ site, page: Page, missing, address }: SitePagesProps) {
  // Whom the first page was made for. What the cache holds is theirs: a page that comes later, perhaps for somebody else,
  // changes nothing here, and the API refuses what the old page asks.
  const [first] = useState(site)
  if (first === undefined) {
    return (
      <main id="main">
        <NothingHere />
      </main>
    )
  }
  const Layout = Page.layout
  const content = missing ? <NothingHere /> : <Page />
  return (
    <SignedIn viewer={first.viewer} hostUrl={first.hostUrl}>
      <ZoneShell navigation={first.navigation}>
        <PageBoundary address={address}>
          {Layout === undefined || missing ? content : <Layout>{content}</Layout>}
        </PageBoundary>
      </ZoneShell>
    </SignedIn>
  )
}
