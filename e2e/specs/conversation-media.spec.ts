import { AxeBuilder } from '@axe-core/playwright'
import { outreachApiPath, outreachPath } from '@sax/topology'
import { beginConversation, messagesOf, newPhone, textAs, threadOf } from '../site/conversations.ts'
import { dana, luis } from '../site/people.ts'
import { bluePicture, notWhatItSays } from '../site/pictures.ts'
import { expect, test } from '../site/test.ts'

/** @source Twilio documentation, "Messages resource": what becomes of a message is told within seconds */
const NEWS = { timeout: 15_000 }
const WCAG = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']

test('a picture that a patient sends is shown small, opened large, and is nobody else’s to see', async ({
  deskOf,
  site,
}) => {
  const { page } = await deskOf(dana)
  const phone = newPhone()
  const { id } = await beginConversation(page, site.urls.host, { phone })
  await page.goto(site.urls.host + outreachPath('conversations', id))
  await expect(threadOf(page).message).toBeEditable()
  await textAs(site, phone, 'This is my mask', [bluePicture])
  const { log, row } = threadOf(page)
  await expect(log.getByText('This is my mask')).toBeVisible(NEWS)
  const picture = log.getByRole('img', { name: /^Picture from/ })
  await expect(picture).toBeVisible(NEWS)
  await expect.poll(() => picture.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(64)
  const { violations } = await new AxeBuilder({ page }).withTags(WCAG).analyze()
  expect(violations.map(({ id: rule, nodes }) => `${rule}: ${nodes[0]?.html}`)).toEqual([])

  await picture.click()
  const dialog = page.getByRole('dialog', { name: /^Picture from/ })
  await expect(dialog.getByRole('img')).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(dialog).toBeHidden()
  await textAs(site, phone, '', [bluePicture])
  await expect(row(id)).toContainText('Picture', NEWS)

  const [message] = await messagesOf(page, site.urls.host, id)
  const path = outreachApiPath('media', message?.media[0]?.id ?? '')
  const answer = await page.request.get(site.urls.host + path)
  expect(answer.headers()).toMatchObject({
    'content-type': 'image/png',
    'cache-control': 'private, no-store',
    'x-content-type-options': 'nosniff',
    'content-disposition': 'inline; filename="picture.png"',
  })
  expect(answer.headers()['content-security-policy']).toContain('sandbox')
  const other = await deskOf(luis)
  expect((await other.page.request.get(site.urls.host + path)).status()).toBe(404)
  const nobody = await deskOf(undefined)
  expect((await nobody.page.request.get(site.urls.host + path)).status()).toBe(401)
})

test('what is not what it says it is is not kept, and the thread says why', async ({ deskOf, site }) => {
  const { page } = await deskOf(dana)
  const phone = newPhone()
  const { id } = await beginConversation(page, site.urls.host, { phone })
  await textAs(site, phone, 'Look', [notWhatItSays])
  await page.goto(site.urls.host + outreachPath('conversations', id))
  await expect(threadOf(page).log.getByText('It is not what it says it is')).toBeVisible(NEWS)
})

test.describe('what goes wrong', () => {
  test.use({ browserErrors: 'expected' })

  test('a picture that does not load can be asked for again', async ({ deskOf, site }) => {
    const { page } = await deskOf(dana)
    const phone = newPhone()
    const { id } = await beginConversation(page, site.urls.host, { phone })
    await textAs(site, phone, 'A photo', [bluePicture])
    await expect.poll(async () => (await messagesOf(page, site.urls.host, id))[0]?.media[0]?.verdict, NEWS).toBe('kept')
    await page.route('**/media/*', (route) => route.abort())
    await page.goto(site.urls.host + outreachPath('conversations', id))
    const { log } = threadOf(page)
    await expect(log.getByText('The picture did not load')).toBeVisible()
    await page.unroute('**/media/*')
    await log.getByRole('button', { name: 'Try again' }).click()
    await expect(log.getByRole('img', { name: /^Picture from/ })).toBeVisible()
  })
})
