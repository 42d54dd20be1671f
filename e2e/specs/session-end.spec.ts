import { outreachApiPath, outreachPath, practicePath, USER_CONTEXT } from '@sax/topology'
import { createMinter } from '@sax/user-context/mint'
import { uniqueName } from '../site/canary.ts'
import { dana, robin, siobhan } from '../site/people.ts'
import { pick, signIn } from '../site/sign-in.ts'
import { choose, editorOf, templatesNamed } from '../site/templates.ts'
import { expect, test } from '../site/test.ts'
import { write } from '../site/write.ts'

// The refused save is what this is about.
test.use({ browserErrors: 'expected' })

test('S5, A6: a session that ends in mid-work asks to sign in beside the page, and the save goes through', async ({
  deskOf,
  site,
}) => {
  const { context, page } = await deskOf(undefined)
  const mint = createMinter({ secret: site.userContextSecret, nowSec: () => Date.now() / 1000 })
  const { token } = await mint({ ...dana, practiceName: 'Harbor Sleep Center' }, 10)
  await context.addCookies([{ name: USER_CONTEXT, value: token, url: site.urls.host, httpOnly: true, sameSite: 'Lax' }])

  const { name, category, message, create } = editorOf(page)
  const typed = uniqueName('Half-written')
  await page.goto(site.urls.host + outreachPath('templates', 'new'))
  await name.fill(typed)
  await choose(page, category, 'Appointments')
  await message.fill('Hi {{firstName}}, your mask is')
  const path = site.urls.host + outreachApiPath('templates')
  await expect.poll(async () => (await context.request.get(path)).status(), { timeout: 40_000 }).toBe(401)

  await message.fill('Hi {{firstName}}, your mask is ready')
  await create.click()
  const dialog = page.getByRole('dialog', { name: 'Your session ended' })
  await expect(dialog).toBeVisible()
  // No forced navigation: the page and what was typed are where they were.
  expect(new URL(page.url()).pathname).toBe(outreachPath('templates', 'new'))
  await expect(message).toHaveValue('Hi {{firstName}}, your mask is ready')

  const signInWindow = page.waitForEvent('popup')
  await dialog.getByRole('button', { name: 'Sign in again' }).click()
  const popup = await signInWindow
  await pick(popup, dana)
  await expect(dialog).toHaveCount(0)
  await page.waitForURL((url) => url.pathname !== outreachPath('templates', 'new'))
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(typed)
  const stored = await templatesNamed(page, site.urls.host, typed)
  expect(stored.map(({ content }) => content)).toEqual(['Hi {{firstName}}, your mask is ready'])
  await expect.poll(() => popup.isClosed()).toBe(true)
})

test('S5: putting the question off keeps the draft, also over a reload', async ({ deskOf, site }) => {
  const { context, page } = await deskOf(dana)
  const { name, message, category, create } = editorOf(page)
  await page.goto(site.urls.host + outreachPath('templates', 'new'))
  const typed = uniqueName('Put off')
  await name.fill(typed)
  await choose(page, category, 'Appointments')
  await message.fill('Not sent yet')
  const cookies = await context.cookies()
  await context.clearCookies()
  await create.click()
  await page.getByRole('dialog', { name: 'Your session ended' }).getByRole('button', { name: 'Not now' }).click()
  await expect(message).toHaveValue('Not sent yet')
  await context.addCookies(cookies)
  await page.reload()
  await expect(name).toHaveValue(typed)
  await expect(message).toHaveValue('Not sent yet')
})

test('S5: nothing of the first person is saved when somebody else signs in through the dialog', async ({
  deskOf,
  site,
}) => {
  const { context, page } = await deskOf(dana)
  const { name, message, category, create } = editorOf(page)
  const typed = uniqueName('Of the first person')
  await page.goto(site.urls.host + outreachPath('templates', 'new'))
  await name.fill(typed)
  await choose(page, category, 'Appointments')
  await message.fill('Mine, not yours')
  const cookies = await context.cookies()
  await context.clearCookies()
  await create.click()
  const signInWindow = page.waitForEvent('popup')
  await page.getByRole('dialog', { name: 'Your session ended' }).getByRole('button', { name: 'Sign in again' }).click()
  await pick(await signInWindow, siobhan)

  const dialog = page.getByRole('dialog', { name: 'You signed in as someone else' })
  await expect(dialog).toContainText(dana.name)
  await page.keyboard.press('Escape')
  await dialog.getByRole('button', { name: 'Load the page afresh' }).click()
  await expect(dialog).toHaveCount(0)
  await expect(page.getByRole('button', { name: siobhan.name })).toBeVisible()
  await expect(name).toHaveValue('')
  expect(await templatesNamed(page, site.urls.host, typed)).toEqual([])

  await context.clearCookies()
  await context.addCookies(cookies)
  await page.reload()
  await expect(name).toHaveValue(typed)
  expect(await templatesNamed(page, site.urls.host, typed)).toEqual([])
})

test('S5, S6: a page of one practice does not save in the practice that another tab switched to', async ({
  deskOf,
  site,
}) => {
  const { context, page } = await deskOf(undefined)
  await signIn(page, site.urls.host, robin)
  const { name, message, category, create } = editorOf(page)
  const typed = uniqueName('Of the first practice')
  await page.goto(site.urls.host + outreachPath('templates', 'new'))
  await name.fill(typed)
  await choose(page, category, 'Appointments')
  await message.fill('For one practice only')

  const other = robin.memberships.find(({ practiceId }) => practiceId !== null && practiceId !== robin.practiceId)
  const changed = write({ practiceId: other?.practiceId })
  const switched = await context.request.post(site.urls.host + practicePath, {
    data: changed.data,
    headers: { ...changed.headers, origin: site.urls.host },
  })
  expect(switched.status()).toBe(200)
  await create.click()
  const dialog = page.getByRole('dialog', { name: 'You switched to another practice' })
  await expect(dialog).toBeVisible()
  expect(await templatesNamed(page, site.urls.host, typed)).toEqual([])
  await dialog.getByRole('button', { name: 'Load the page afresh' }).click()
  await expect(name).toHaveValue('')
})
