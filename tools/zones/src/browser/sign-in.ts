import { loginPath } from '@sax/topology'
import type { SignIn } from './navigation.ts'

/** Patience for one step of signing in, milliseconds. */
const STEP_MS = 20_000

/** Signs the person of that name in by picking them at a laptop's identity provider. */
export function byPicking(name: string): SignIn {
  return async (page, hostUrl, path) => {
    await page.goto(hostUrl + loginPath(path), { timeout: STEP_MS })
    await page.getByRole('button', { name }).first().click({ timeout: STEP_MS })
    await page.waitForURL(hostUrl + path, { timeout: STEP_MS })
  }
}
