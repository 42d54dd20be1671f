import { hostPath, loginPath, outreachApiPath, outreachPath, practicePath } from '@sax/topology'
import { dana, robin, siobhan } from '../site/people.ts'
import { pick, signIn } from '../site/sign-in.ts'
import { expect, test } from '../site/test.ts'

test('A5, R8: somebody without a session picks who they are and lands where they were going', async ({
  deskOf,
  site,
}) => {
  const { page } = await deskOf(undefined)
  const visited: string[] = []
  page.on('framenavigated', (frame) => {
    if (frame === page.mainFrame()) visited.push(new URL(frame.url()).pathname)
  })
  await page.goto(site.urls.host + outreachPath('templates'))
  await pick(page, dana)
  await page.waitForURL(site.urls.host + outreachPath('templates'))
  await expect(page.getByRole('heading', { name: 'Templates', level: 1 })).toBeVisible()
  await expect(page.getByText('Welcome Message', { exact: true }).first()).toBeVisible()
  // Decided before any HTML: nothing was shown that had to be taken back, and nobody went round in circles.
  await expect(page.getByText(/denied|forbidden|not allowed/i)).toHaveCount(0)
  expect(visited.length).toBeLessThanOrEqual(3)
})

test('a link that wants to leave the site after sign-in stays on it and says so', async ({ deskOf, site }) => {
  const { page } = await deskOf(undefined)
  const foreign = ['https://elsewhere.example.test/', '//elsewhere.example.test', '/\\elsewhere.example.test']
  for (const [index, target] of foreign.entries()) {
    await page.goto(site.urls.host + loginPath(target))
    if (index === 0) await pick(page, siobhan)
    await expect(page.getByText('You stayed on this one.')).toBeVisible()
    expect(new URL(page.url()).origin).toBe(site.urls.host)
  }
})

test('R4: the menu leads from zone to zone and back', async ({ deskOf, site }) => {
  const { page } = await deskOf(dana)
  await page.goto(site.urls.host + hostPath(''))
  const menu = page.getByRole('navigation', { name: 'Main', exact: true })
  await menu.getByRole('link', { name: 'Templates' }).click()
  await page.waitForURL(site.urls.host + outreachPath('templates'))
  await menu.getByRole('link', { name: 'Patients' }).click()
  await page.waitForURL(site.urls.host + hostPath('patients'))
  await expect(page.getByRole('heading', { name: 'Patients', level: 1 })).toBeVisible()
  await page.goBack()
  await expect(page.getByRole('heading', { name: 'Templates', level: 1 })).toBeVisible()
})

test('S7: a coordinator is shown no administration and is refused when they ask for it', async ({ deskOf, site }) => {
  const { page, complaints } = await deskOf(dana)
  await page.goto(site.urls.host + hostPath('patients'))
  await expect(page.getByRole('link', { name: 'Administration' })).toHaveCount(0)
  const response = await page.goto(site.urls.host + hostPath('admin', 'zones'))
  expect(response?.status()).toBe(403)
  // The browser reports the refusal we asked for.
  complaints.consoleErrors.length = 0
  complaints.failedRequests.length = 0
})

test('S6, C2: switching to a practice of another tenant changes everything on the screen, in both zones', async ({
  deskOf,
  site,
}) => {
  const { page } = await deskOf(undefined)
  await signIn(page, site.urls.host, robin, outreachPath('templates'))
  const switcher = page.getByRole('button', { name: /^Practice: / })
  await expect(switcher).toHaveAccessibleName(/St\. Brendan's Sleep Clinic/)
  await switcher.click()
  // Three practices of two tenants, and no other.
  await expect(page.getByRole('menuitemradio')).toHaveText([
    'Lakeview Respiratory & Sleep',
    "St. Brendan's Sleep Clinic",
    'Mesa Night Clinic',
  ])
  const before = page.waitForResponse((response) => new URL(response.url()).pathname === practicePath)
  await page.getByRole('menuitemradio', { name: 'Mesa Night Clinic' }).click()
  expect((await before).status()).toBe(200)
  await expect(switcher).toHaveAccessibleName(/Mesa Night Clinic/)

  const rows = await page.evaluate(
    async (path) => (await (await fetch(path)).json()) as { data: { tenantId: string }[] },
    outreachApiPath('templates'),
  )
  expect(new Set(rows.data.map(({ tenantId }) => tenantId))).toEqual(new Set(['00000000-0000-0000-0000-000000000002']))

  await page.goto(site.urls.host + hostPath('patients'))
  await expect(switcher).toHaveAccessibleName(/Mesa Night Clinic/)
})

test('signing out ends the session everywhere: pages, API, both zones, other tabs', async ({ deskOf, site }) => {
  const { context, page, complaints } = await deskOf(undefined)
  await signIn(page, site.urls.host, siobhan, outreachPath('templates'))
  const other = await context.newPage()
  await other.goto(site.urls.host + hostPath('patients'))

  await page.getByRole('button', { name: /^Account: / }).click()
  await page.getByRole('menuitem', { name: 'Sign out' }).click()
  // Sign-out ends at the picker; going elsewhere before would cut the identity provider's part of it short.
  const picker = (url: URL) =>
    url.origin === new URL(site.urls.identityProvider).origin && url.pathname.startsWith('/pick/')
  await page.waitForURL(picker)
  // The identity provider has forgotten the person too: it asks again who it is.
  await page.goto(site.urls.host + outreachPath('templates'))
  await page.waitForURL(picker)

  await other.reload()
  await other.waitForURL(picker)
  const api = await context.request.get(site.urls.host + outreachApiPath('templates'))
  expect(api.status()).toBe(401)
  const zone = await context.request.get(site.urls.outreach + outreachApiPath('templates'))
  expect(zone.status()).toBe(401)
  const cookies = (await context.cookies(site.urls.host)).map(({ name }) => name)
  expect(cookies.filter((name) => name.startsWith('__session') || name === 'x-sax-user-context')).toEqual([])
  expect(complaints.consoleErrors).toEqual([])
})
