import type { Page } from '@playwright/test'
import { host, hostPath, outreachApiPath, outreachPath } from '@sax/topology'
import { uniqueName } from '../site/canary.ts'
import { dana } from '../site/people.ts'
import { choose, editorOf, templatesNamed } from '../site/templates.ts'
import { expect, test } from '../site/test.ts'

// Parts are killed on purpose, so the site is this file's own.
test.use({ browserErrors: 'expected', siteKind: 'breakable' })
test.describe.configure({ timeout: 120_000 })

/** How long a killed part may stay away, milliseconds. */
const BACK_MS = 30_000

/** Fills in a new template and leaves it unsaved. */
async function writeTemplate(page: Page, hostUrl: string, typed: string): Promise<void> {
  const { name, category, message } = editorOf(page)
  await page.goto(hostUrl + outreachPath('templates', 'new'))
  await name.fill(typed)
  await choose(page, category, 'Appointments')
  await message.fill('Written while something broke')
}

test('the backend is killed in mid-request: the page says so, saves by itself when it is back, and only once', async ({
  deskOf,
  site,
}) => {
  const { page } = await deskOf(dana)
  const typed = uniqueName('Backend gone')
  await writeTemplate(page, site.urls.host, typed)

  const killed = site.pidOf('outreach-api')
  process.kill(killed, 'SIGSTOP')
  const asked = page.waitForRequest((request) => request.method() === 'POST')
  await editorOf(page).create.click()
  await asked
  process.kill(killed, 'SIGKILL')

  // The others keep answering.
  for (const path of [host.healthPath, hostPath(''), outreachPath('templates')]) {
    expect((await page.request.get(site.urls.host + path)).status(), path).toBe(200)
  }
  await page.waitForURL((url) => url.pathname !== outreachPath('templates', 'new'), { timeout: BACK_MS })
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(typed)
  expect(await templatesNamed(page, site.urls.host, typed)).toHaveLength(1)
  expect(site.pidOf('outreach-api')).not.toBe(killed)
})

test('A8: while the backend is away pages say what is wrong in words, and fill in by themselves', async ({
  deskOf,
  site,
}) => {
  const { page } = await deskOf(dana)
  const killed = site.pidOf('outreach-api')
  // Held, not killed: it stays away for exactly as long as the test looks.
  process.kill(killed, 'SIGSTOP')
  try {
    await page.goto(site.urls.host + outreachPath('templates'))
    await expect(page.getByRole('alert').getByText(/not answering|cannot be reached/)).toBeVisible({ timeout: BACK_MS })
    await expect(page.getByText('[object Object]')).toHaveCount(0)
  } finally {
    process.kill(killed, 'SIGCONT')
  }
  await expect(page.getByText('Welcome Message', { exact: true }).first()).toBeVisible({ timeout: BACK_MS })
})

test('the database is killed in mid-request: nothing written is lost, and saving goes on by itself', async ({
  deskOf,
  site,
}) => {
  const { page } = await deskOf(dana)
  const before = uniqueName('Before the crash')
  await writeTemplate(page, site.urls.host, before)
  await editorOf(page).create.click()
  await page.waitForURL((url) => url.pathname !== outreachPath('templates', 'new'))

  const typed = uniqueName('Database gone')
  await writeTemplate(page, site.urls.host, typed)
  const killed = site.pidOf('postgres')
  process.kill(killed, 'SIGKILL')
  await editorOf(page).create.click()
  expect((await page.request.get(site.urls.host + host.healthPath)).status()).toBe(200)
  await page.waitForURL((url) => url.pathname !== outreachPath('templates', 'new'), { timeout: BACK_MS })
  expect(await templatesNamed(page, site.urls.host, typed)).toHaveLength(1)
  expect(await templatesNamed(page, site.urls.host, before)).toHaveLength(1)
})

test('the zone is killed: the host keeps answering, and the open page goes on when the zone is back', async ({
  deskOf,
  site,
}) => {
  const { page } = await deskOf(dana)
  await page.goto(site.urls.host + outreachPath('templates'))
  await expect(page.getByText('Welcome Message', { exact: true }).first()).toBeVisible()
  process.kill(site.pidOf('outreach'), 'SIGKILL')

  expect((await page.request.get(site.urls.host + hostPath('patients'))).status()).toBe(200)
  // The zone's API routes are a process of their own and have not noticed.
  expect((await page.request.get(site.urls.host + outreachApiPath('templates'))).status()).toBe(200)
  const answer = await page.request.get(site.urls.host + outreachPath('templates'))
  expect([200, 500, 502, 503, 504]).toContain(answer.status())
  await expect
    .poll(async () => (await page.request.get(site.urls.host + outreachPath('templates'))).status(), {
      timeout: BACK_MS,
    })
    .toBe(200)
  await page.getByRole('link', { name: 'New template' }).click()
  await expect(editorOf(page).name).toBeVisible()
})

test('the API routes are killed: pages still open, and the list fills in when they are back', async ({
  deskOf,
  site,
}) => {
  const { page } = await deskOf(dana)
  process.kill(site.pidOf('outreach-api-routes'), 'SIGKILL')
  const response = await page.goto(site.urls.host + outreachPath('templates'))
  expect(response?.status()).toBe(200)
  await expect(page.getByText('Welcome Message', { exact: true }).first()).toBeVisible({ timeout: BACK_MS })
})
