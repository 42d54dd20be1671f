import type { Page } from '@playwright/test'
import { repositoryRoot } from '@sax/local/settings'
import { outreachApiPath } from '@sax/topology'
import { declaredRoutes } from '@sax/zones/declared-routes'
import { excludesNobody, fitsItsWidth } from '../site/accessibility.ts'
import { ruth } from '../site/people.ts'
import { expect, test } from '../site/test.ts'

/** Every page the applications declare, with a real id where one is needed; an administrator sees them all. */
const pages = [
  ...new Set(
    declaredRoutes(repositoryRoot)
      .filter(({ kind, auth, method }) => kind === 'page' && auth === 'user' && method === 'GET')
      .map(({ pattern }) => pattern)
      .filter((pattern) => !pattern.includes('[...')),
  ),
]

async function pathOf(page: Page, hostUrl: string, pattern: string): Promise<string> {
  const resource = /\/([a-z-]+)\/\[[a-z]+\]/i.exec(pattern)?.[1]
  if (resource === undefined) return pattern
  const list = await page.request.get(hostUrl + outreachApiPath(resource))
  const { data } = (await list.json()) as { data: { id: string }[] }
  return pattern.replace(/\[[a-z]+\]/i, data[0]?.id ?? 'none')
}

test('there are pages to look at', () => {
  expect(pages.length).toBeGreaterThanOrEqual(7)
})

for (const pattern of pages) {
  test(`R1, R3: ${pattern} loads whole, stays calm and excludes nobody, in light and dark`, async ({
    deskOf,
    site,
  }) => {
    const { page } = await deskOf(ruth)
    const path = await pathOf(page, site.urls.host, pattern)
    await page.emulateMedia({ colorScheme: 'light' })
    const response = await page.goto(site.urls.host + path)
    expect(response?.status()).toBe(200)
    await atRest(page)

    await excludesNobody(page, path)
    await page.setViewportSize({ width: 320, height: 640 })
    await fitsItsWidth(page, `${path} at 320 px`)
  })
}

/** Loaded: the main part is there and nothing in it is still on its way. */
async function atRest(page: Page): Promise<void> {
  await expect(page.locator('main').first()).toBeVisible()
  await expect(page.locator('[aria-busy="true"], [data-slot="skeleton"]')).toHaveCount(0)
  await page.waitForLoadState('networkidle')
}
