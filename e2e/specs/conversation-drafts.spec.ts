import { outreachPath } from '@sax/topology'
import { uniqueName } from '../site/canary.ts'
import { expect, test } from '../site/conversation-test.ts'
import { DELIVERED, messagesOf, NEWS, receivedBy, threadOf } from '../site/conversations.ts'
import { dana } from '../site/people.ts'
import { pick } from '../site/sign-in.ts'

test('what was typed outlives a reload, and is nowhere once it is sent', async ({ open }) => {
  const { page, log, message, sendAtOnce } = await open(dana)
  const text = uniqueName('Half a thought')
  await message.fill(text)
  await page.reload()
  await expect(message).toHaveValue(text)
  await sendAtOnce()
  await expect(log.getByText(text)).toBeVisible()
  await page.reload()
  await expect(log.getByText(text)).toHaveCount(1)
  await expect(message).toHaveValue('')
})

test('the same draft in two tabs is one draft: what one writes stands in the other, and is sent once', async ({
  open,
  site,
}) => {
  const { context, page, id, url, ...mine } = await open(dana)
  const other = await context.newPage()
  await other.goto(url)
  const theirs = threadOf(other)
  const text = uniqueName('Begun here')
  await expect(theirs.message).toBeEditable()
  await mine.message.fill(text)
  await expect(theirs.message).toHaveValue(text)
  await theirs.message.fill(`${text}, ended there`)
  await expect(mine.message).toHaveValue(`${text}, ended there`)
  await mine.sendAtOnce()
  await expect(theirs.message).toHaveValue('')
  await expect(theirs.log.getByText(`${text}, ended there`)).toBeVisible(NEWS)
  await expect(mine.log.getByText(`${text}, ended there`)).toHaveCount(1)
  // Its bubble is there before the message is stored.
  const stored = async () => (await messagesOf(page, site.urls.host, id)).map(({ body }) => body)
  await expect.poll(stored).toEqual([`${text}, ended there`])
  await expect(mine.log.getByText('Delivered')).toBeVisible(DELIVERED)
  expect(await stored()).toEqual([`${text}, ended there`])
})

test.describe('what goes wrong', () => {
  test.use({ browserErrors: 'expected' })

  test('a session that ends in mid-draft keeps the draft, and what was sent off goes once after sign-in', async ({
    open,
    site,
  }) => {
    const { context, page, id, phone, log, message, sendAtOnce } = await open(dana)
    const text = uniqueName('Half a')
    await message.fill(text)
    await context.clearCookies()
    // News is refused, and the page says so by itself.
    const dialog = page.getByRole('dialog', { name: 'Your session ended' })
    await expect(dialog).toBeVisible({ timeout: 40_000 })
    await dialog.getByRole('button', { name: 'Not now' }).click()
    await expect(message).toHaveValue(text)
    await message.fill(`${text} thought`)

    // Signed out, a reload leads to sign-in; back on the page the draft is there.
    await page.reload()
    await pick(page, dana)
    await page.waitForURL((url) => url.pathname === outreachPath('conversations', id))
    await expect(message).toHaveValue(`${text} thought`)

    await context.clearCookies()
    await sendAtOnce()
    await expect(dialog).toBeVisible()
    const popup = page.waitForEvent('popup')
    await dialog.getByRole('button', { name: 'Sign in again' }).click()
    await pick(await popup, dana)
    await expect(dialog).toHaveCount(0)
    await expect(log.getByText('Delivered')).toBeVisible(DELIVERED)
    await expect(log.getByText(`${text} thought`)).toHaveCount(1)
    expect((await messagesOf(page, site.urls.host, id)).map(({ body }) => body)).toEqual([`${text} thought`])
    expect(await receivedBy(site, phone)).toEqual([`${text} thought`])
  })
})
