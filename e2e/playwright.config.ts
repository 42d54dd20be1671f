import { defineConfig } from '@playwright/test'
import { env } from './env.ts'

const { CHROMIUM_PATH, PLAYWRIGHT_JSON } = env()

export default defineConfig({
  testDir: './specs',
  outputDir: '../test-results',
  globalSetup: './site/global-setup.ts',
  workers: 2,
  retries: 0,
  forbidOnly: true,
  timeout: 45_000,
  expect: { timeout: 10_000 },
  reporter: [['list'], ...(PLAYWRIGHT_JSON ? [['json', { outputFile: PLAYWRIGHT_JSON }] as const] : [])],
  use: {
    viewport: { width: 1440, height: 900 },
    locale: 'en-US',
    timezoneId: 'America/New_York',
    screenshot: 'only-on-failure',
    trace: 'retain-on-failure',
    launchOptions: {
      executablePath: CHROMIUM_PATH,
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
  projects: [
    { name: 'site', testIgnore: /(?:edge-routing|faults|logs)\.spec\.ts$/ },
    // A site of its own in the other routing mode: after the first, for two cores carry one at a time.
    { name: 'edge-routing', testMatch: /edge-routing\.spec\.ts$/, dependencies: ['site'] },
    // Parts are killed here, which everybody else would notice.
    { name: 'faults', testMatch: /faults\.spec\.ts$/, dependencies: ['site', 'edge-routing'] },
    // Looks through what all the others left behind.
    { name: 'logs', testMatch: /logs\.spec\.ts$/, dependencies: ['site', 'edge-routing', 'faults'] },
  ],
})
