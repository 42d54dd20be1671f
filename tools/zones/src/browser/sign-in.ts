import type { SamplePerson } from '@sax/sample-data'
import { loginPath } from '@sax/topology'
import type { Page } from 'playwright-core'

/** Patience for one step of signing in, milliseconds. */
const STEP_MS = 20_000

/** Signs a sample person in by picking them at the local identity provider; ends on `path` of the host's name. */
export async function signIn(page: Page, hostUrl: string, person: SamplePerson, path: string): Promise<void> {
  await page.goto(hostUrl + loginPath(path), { timeout: STEP_MS })
  await page.getByRole('button', { name: person.name }).first().click({ timeout: STEP_MS })
  await page.waitForURL(hostUrl + path, { timeout: STEP_MS })
}
