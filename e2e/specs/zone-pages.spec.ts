import { outreachPath } from '@sax/topology'
import { expect, test } from '../site/conversation-test.ts'
import { dana } from '../site/people.ts'

test('what the server drew is gone on with: what has the focus keeps it, and names lead to what they name', async ({
  begin,
  site,
}) => {
  const { page } = await begin(dana)
  let release = (): void => undefined
  const released = new Promise<void>((resolve) => {
    release = resolve
  })
  await page.route('**/_next/static/**/*.js', async (route) => {
    await released
    await route.continue()
  })
  await page.goto(site.urls.host + outreachPath('conversations'), { waitUntil: 'commit' })
  const skip = page.getByRole('link', { name: 'Skip to content' })
  await skip.focus()
  release()
  await expect(page.locator('[data-conversation]').first()).toBeVisible()
  await expect(skip).toBeFocused()

  const lost = await page.evaluate(() =>
    ['for', 'aria-labelledby', 'aria-describedby'].flatMap((attribute) =>
      [...document.querySelectorAll(`[${attribute}]`)]
        .flatMap((element) => element.getAttribute(attribute)?.split(/\s+/) ?? [])
        .filter((id) => document.getElementById(id) === null)
        .map((id) => `${attribute}=${id}`),
    ),
  )
  expect(lost).toEqual([])
  const order = page.getByRole('button', { name: 'Order: newest first' })
  await order.click()
  await expect(page.getByRole('menu', { name: 'Order: newest first' })).toBeVisible()
  await page.keyboard.press('Escape')

  // On a page that comes later every name is one element's, and those of the frame are theirs.
  await page.getByRole('link', { name: 'Templates', exact: true }).click()
  await page.getByRole('link', { name: 'New template' }).first().click()
  await expect(page.getByRole('textbox', { name: 'Name', exact: true })).toBeVisible()
  await expect(page.getByRole('button', { name: /^Account: / })).toBeVisible()
  const twice = await page.evaluate(() => {
    const ids = [...document.querySelectorAll('[id]')].map(({ id }) => id)
    return ids.filter((id, index) => ids.indexOf(id) !== index)
  })
  expect(twice).toEqual([])
  await page.unrouteAll({ behavior: 'ignoreErrors' })
})

test('a page that fails says so in the frame of the zone, without its words, and can be tried again', async ({
  begin,
  site,
}) => {
  const firstMessage = { clientId: crypto.randomUUID(), body: 'Good morning' }
  const { page, row, id, message } = await begin(dana, { firstMessage })
  await page.addInitScript(() => {
    const whole = Object.getOwnPropertyDescriptor(Intl.DateTimeFormat.prototype, 'format')
    Object.defineProperty(Intl.DateTimeFormat.prototype, 'format', {
      get() {
        if ('fails' in document.documentElement.dataset) throw new Error('words of a patient')
        return whole?.get?.call(this)
      },
    })
  })
  await page.goto(site.urls.host + outreachPath('conversations'))
  await expect(row(id)).toBeVisible()
  // At once: the list is drawn again by itself as well.
  await row(id).evaluate((link: HTMLElement) => {
    document.documentElement.dataset.fails = ''
    link.click()
  })
  await expect(page.getByText('This page stopped working')).toBeVisible()
  await expect(page.getByRole('navigation', { name: 'Main' })).toBeVisible()
  await expect(page.getByText('words of a patient')).toHaveCount(0)

  await page.evaluate(() => {
    delete document.documentElement.dataset.fails
  })
  await page.getByRole('button', { name: 'Try again' }).click()
  await expect(message).toBeEditable()
})
