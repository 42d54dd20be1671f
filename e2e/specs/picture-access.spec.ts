import { outreachApiPath } from '@sax/topology'
import { barriers } from '../site/accessibility.ts'
import { expect, test } from '../site/conversation-test.ts'
import { messagesOf, NEWS, textAs } from '../site/conversations.ts'
import { dana, luis } from '../site/people.ts'
import { bluePicture } from '../site/pictures.ts'

test('a picture that a patient sends is shown small, opened large, and is nobody else’s to see', async ({
  open,
  deskOf,
  site,
}) => {
  const { page, id, phone, log, row } = await open(dana)
  await textAs(site, phone, 'This is my mask', [bluePicture])
  await expect(log.getByText('This is my mask')).toBeVisible(NEWS)
  const picture = log.getByRole('img', { name: /^Picture from/ })
  await expect(picture).toBeVisible(NEWS)
  await expect.poll(() => picture.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(64)
  expect(await barriers(page)).toEqual([])

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
