import { defineConfig } from '@playwright/test'
import { browserFlags } from '@sax/zones/browser-flags'
import { env } from './env.ts'
import type { SiteOptions } from './site/test.ts'

const { CHROMIUM_PATH, PLAYWRIGHT_JSON } = env()

/** Start sites of their own, whose fault is the same in either routing mode. */
const ofOneSite = ['**/when-parts-die.spec.ts', '**/two-secrets.spec.ts']

/** Takes the time of what a person waits for, so nothing may run beside it. */
const alone = '**/first-load.spec.ts'

/**
 * What a page does once it is there: it is the same page in either mode, and other specs ask for all that it
 * asks for. That the pages of conversations come, send, take pictures and sign in again in both is `conversation-story`,
 * who may have a picture `picture-access`, and how a template is stored `templates` and `conflict`.
 */
const ofOnePage = [
  '**/conversations.spec.ts',
  '**/keyboard.spec.ts',
  '**/zone-pages.spec.ts',
  ...[
    'access',
    'consent',
    'delivery',
    'drafts',
    'keyboard',
    'media',
    'names',
    'new',
    'news',
    'patients',
    'practices',
    'search',
    'spoken',
    'unsent',
  ].map((idea) => `**/conversation-${idea}.spec.ts`),
  '**/access-report.spec.ts',
  '**/sign-out.spec.ts',
]

export default defineConfig<object, SiteOptions>({
  testDir: './specs',
  outputDir: '../test-results',
  globalSetup: './site/global-setup.ts',
  projects: [
    { name: 'host routing', use: { siteKind: 'host' }, testIgnore: ['**/edge-routing.spec.ts', alone] },
    { name: 'edge routing', use: { siteKind: 'edge' }, testIgnore: [...ofOneSite, ...ofOnePage, alone] },
    { name: 'alone', use: { siteKind: 'host' }, testMatch: alone, dependencies: ['host routing', 'edge routing'] },
  ],
  workers: 2,
  retries: 0,
  forbidOnly: true,
  // Patience for a busy machine; what answers in time waits for none of it. What never comes is found by the limits below.
  timeout: 180_000,
  expect: { timeout: 20_000 },
  reporter: [['list'], ...(PLAYWRIGHT_JSON ? [['json', { outputFile: PLAYWRIGHT_JSON }] as const] : [])],
  use: {
    viewport: { width: 1440, height: 900 },
    locale: 'en-US',
    timezoneId: 'America/New_York',
    screenshot: 'only-on-failure',
    trace: { mode: 'retain-on-failure', screenshots: false, snapshots: true, sources: false },
    // A page that does not come, or a button, is named, in place of a test that took too long.
    navigationTimeout: 30_000,
    actionTimeout: 30_000,
    launchOptions: {
      executablePath: CHROMIUM_PATH,
      args: browserFlags,
    },
  },
})
