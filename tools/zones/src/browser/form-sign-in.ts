import { loginPath } from '@sax/topology'
import { z } from 'zod'
import type { SignIn } from './navigation.ts'

const credentials = z.strictObject({ username: z.string().min(1), password: z.string().min(1) })

/**
 * People of verification at the stage's identity provider, as a file holds them: `{"first": {"username", "password"},
 * "administrator": …}`. Each of them has the ids and roles of the person of that name in every stage.
 */
export const credentialsFile = z.strictObject({ first: credentials, administrator: credentials })

/** Patience for one step of signing in, milliseconds. */
const STEP_MS = 20_000

/**
 * Signs somebody in through the provider's own form, whether it asks for name and password on one page or on two. The
 * markup is the provider's and not promised: a form that is not found is a sign-in that did not succeed.
 * @source Auth0 documentation, "Universal Login" ("Identifier First" asks on two pages); the fields' types are HTML's
 */
export function byForm({ username, password }: z.output<typeof credentials>): SignIn {
  return async (page, hostUrl, path) => {
    await page.goto(hostUrl + loginPath(path), { timeout: STEP_MS })
    const name = page.locator('input[name="username"], input[type="email"], input[autocomplete~="username"]').first()
    const secret = page.locator('input[type="password"]').first()
    await name.fill(username, { timeout: STEP_MS })
    if (!(await secret.isVisible())) await name.press('Enter')
    await secret.fill(password, { timeout: STEP_MS })
    await secret.press('Enter')
    await page.waitForURL(hostUrl + path, { timeout: STEP_MS })
  }
}
