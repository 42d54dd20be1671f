import { expect, type Page } from '@playwright/test'
import type { SamplePerson } from '@sax/sample-data'
import { hostPath, loginPath } from '@sax/topology'

/** Signs in by picking the person at the local identity provider; ends on `path` of the host's name. */
export async function signIn(page: Page, hostUrl: string, person: SamplePerson, path: string = hostPath('')) {
  await page.goto(hostUrl + loginPath(path))
  await pick(page, person)
  await page.waitForURL(hostUrl + path)
}

/** Clicks the person on the identity provider's page. */
export async function pick(page: Page, person: SamplePerson): Promise<void> {
  const button = page.getByRole('button', { name: person.name })
  await expect(button).toBeVisible()
  await button.click()
}

/** Ends a browser's session behind the page's back. The page goes first: one that is open asks for news, and is refused. */
export async function endSession(page: Page): Promise<void> {
  await page.goto('about:blank')
  await page.context().clearCookies()
}
