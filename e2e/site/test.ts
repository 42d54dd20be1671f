import { type BrowserContext, test as base, expect, type Page } from '@playwright/test'
import type { SamplePerson } from '@sax/sample-data'
import { sessionState } from './session-states.ts'
import { type SiteKind, type SiteUnderTest, siteOfKind } from './site-under-test.ts'
import { type Complaints, watch } from './watch.ts'

/** A person at work: a browser of their own, signed in. */
export interface Desk {
  readonly context: BrowserContext
  readonly page: Page
  readonly complaints: Complaints
}

interface Fixtures {
  /** `expected`: the test breaks things on purpose, so errors in the console are no surprise. */
  readonly browserErrors: 'none' | 'expected'
  /** Opens a browser for somebody; every one is watched until the test ends. `undefined`: nobody is signed in. */
  readonly deskOf: (person: SamplePerson | undefined) => Promise<Desk>
}

/** What a project or a file may say about the site it is for. */
export interface SiteOptions {
  readonly siteKind: SiteKind
}

interface WorkerFixtures extends SiteOptions {
  readonly site: SiteUnderTest
}

/** Largest layout shift that is still calm. @source web.dev, "Cumulative Layout Shift": good is 0.1 or less */
const MAX_LAYOUT_SHIFT = 0.1

export const test = base.extend<Fixtures, WorkerFixtures>({
  browserErrors: ['none', { option: true }],
  siteKind: ['host', { option: true, scope: 'worker' }],
  site: [
    async ({ siteKind }, use) => {
      const { site, stop } = await siteOfKind(siteKind)
      await use(site)
      await stop()
    },
    { scope: 'worker', timeout: 120_000 },
  ],
  deskOf: async ({ browser, browserErrors, site }, use) => {
    const desks: Desk[] = []
    await use(async (person) => {
      const storageState = person && (await sessionState(browser, site.urls.host, person, site.dataDir))
      const context = await browser.newContext(storageState ? { storageState } : {})
      const complaints = await watch(context)
      const desk = { context, complaints, page: await context.newPage() }
      desks.push(desk)
      return desk
    })
    for (const { context, complaints } of desks) {
      await complaints.settle()
      await context.close()
      if (browserErrors === 'expected') continue
      expect.soft(complaints.consoleErrors, 'errors in the console').toEqual([])
      expect.soft(complaints.failedRequests, 'failed requests').toEqual([])
      const jumps = [...complaints.jumps()].filter(([, { sum }]) => sum > MAX_LAYOUT_SHIFT)
      expect.soft(jumps, 'layout shifts').toEqual([])
    }
  },
})

export { expect }
