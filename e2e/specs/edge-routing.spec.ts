import { hostPath, outreachApiPath, outreachPath, USER_CONTEXT } from '@sax/topology'
import { createMinter } from '@sax/user-context/mint'
import { uniqueName } from '../site/canary.ts'
import { dana } from '../site/people.ts'
import { signIn } from '../site/sign-in.ts'
import { choose, editorOf, templatesNamed } from '../site/templates.ts'
import { expect, test } from '../site/test.ts'

test('S5: a user context that ends while the session lives is renewed without a word', async ({
  page,
  context,
  site,
}) => {
  await signIn(page, site.urls.host, dana, outreachPath('templates'))
  await expect(page.getByText('Welcome Message', { exact: true }).first()).toBeVisible()
  const { name, category, message, create } = editorOf(page)
  await page.getByRole('link', { name: 'New template' }).click()
  const typed = uniqueName('Renewed')
  await name.fill(typed)
  await choose(page, category, 'Appointments')
  await message.fill('Hi')

  const mint = createMinter({ secret: site.userContextSecret, nowSec: () => Date.now() / 1000 - 3600 })
  const { token } = await mint(dana, 900)
  await context.addCookies([{ name: USER_CONTEXT, value: token, url: site.urls.host, httpOnly: true, sameSite: 'Lax' }])
  expect((await context.request.get(site.urls.host + outreachApiPath('templates'))).status()).toBe(401)

  await create.click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(typed)
  await expect(page.getByRole('dialog')).toHaveCount(0)
  expect(await templatesNamed(page, site.urls.host, typed)).toHaveLength(1)
})

test('R8: a page opened with an ended user context comes back by itself, without going round', async ({
  page,
  context,
  site,
}) => {
  await signIn(page, site.urls.host, dana, hostPath(''))
  const mint = createMinter({ secret: site.userContextSecret, nowSec: () => Date.now() / 1000 - 3600 })
  const { token } = await mint(dana, 900)
  await context.addCookies([{ name: USER_CONTEXT, value: token, url: site.urls.host, httpOnly: true, sameSite: 'Lax' }])
  let documents = 0
  page.on('request', (request) => {
    if (request.isNavigationRequest() && request.frame() === page.mainFrame()) documents += 1
  })
  await page.goto(site.urls.host + outreachPath('templates'))
  await expect(page.getByText('Welcome Message', { exact: true }).first()).toBeVisible()
  expect(new URL(page.url()).pathname).toBe(outreachPath('templates'))
  // The page, sign-in, and the page again.
  expect(documents).toBeLessThanOrEqual(3)
})
