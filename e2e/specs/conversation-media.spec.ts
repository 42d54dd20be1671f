import type { Page } from '@playwright/test'
import { barriers } from '../site/accessibility.ts'
import { expect, test } from '../site/conversation-test.ts'
import {
  DELIVERED,
  messagesOf,
  NEWS,
  phonePage,
  picturesReceivedBy,
  receivedBy,
  textAs,
} from '../site/conversations.ts'
import { dana } from '../site/people.ts'
import { blueBytes, bluePicture, notWhatItSays } from '../site/pictures.ts'

test('a picture is attached, outlives a reload, and arrives on the phone with its words', async ({ open, site }) => {
  const { page, id, phone, log, message, send, sendAtOnce } = await open(dana)
  const chooser = page.waitForEvent('filechooser')
  await page.getByRole('button', { name: 'Attach a picture' }).click()
  await (await chooser).setFiles({ name: 'mask.png', mimeType: 'image/png', buffer: blueBytes })
  const attached = page.getByRole('img', { name: 'Goes with this message' })
  await expect(attached).toBeVisible(NEWS)
  await expect(send.first()).toBeEnabled()
  expect(await barriers(page)).toEqual([])

  await message.fill('Put it on like this')
  await page.reload()
  await expect(attached).toBeVisible()
  await expect(message).toHaveValue('Put it on like this')
  await sendAtOnce()
  await expect(attached).toHaveCount(0)
  await expect(log.getByRole('img', { name: `Picture from ${dana.name}` })).toBeVisible()
  await expect(log.getByText('Delivered')).toBeVisible(DELIVERED)
  expect(await receivedBy(site, phone)).toEqual(['Put it on like this'])
  expect((await picturesReceivedBy(site, phone)).map((bytes) => bytes.equals(blueBytes))).toEqual([true])
  expect((await messagesOf(page, site.urls.host, id)).map(({ media }) => media.length)).toEqual([1])
})

test('a picture needs no words, is taken back before it is sent, and what cannot be sent says why', async ({
  open,
  site,
}) => {
  const { page, id, phone, log, message, row, send, sendAtOnce } = await open(dana)
  const file = page.getByLabel('Picture', { exact: true })
  await file.setInputFiles({ name: 'plan.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.4') })
  await expect(page.getByText('Choose a JPEG, a PNG or a GIF.')).toBeVisible()
  await page.getByRole('button', { name: 'Remove the picture' }).click()
  await file.setInputFiles({ name: 'big.png', mimeType: 'image/png', buffer: Buffer.alloc(4 * 1024 * 1024 + 1) })
  await expect(page.getByText('This picture has 4.2 MB, and 4 MB is the most that can be sent.')).toBeVisible()
  await expect(send.first()).toBeDisabled()
  await page.getByRole('button', { name: 'Remove the picture' }).click()
  await expect(message).toBeFocused()

  await file.setInputFiles({ name: 'mask.png', mimeType: 'image/png', buffer: blueBytes })
  await expect(page.getByRole('img', { name: 'Goes with this message' })).toBeVisible(NEWS)
  await sendAtOnce()
  await expect(log.getByText('Delivered')).toBeVisible(DELIVERED)
  expect((await picturesReceivedBy(site, phone)).length).toBe(1)
  await expect(row(id)).toContainText('Us: Picture')
})

test('on the page of phones one sees what was sent, and answers with a picture as the patient', async ({
  open,
  site,
}) => {
  const { page, context, phone, log, sendAtOnce } = await open(dana)
  await page
    .getByLabel('Picture', { exact: true })
    .setInputFiles({ name: 'a.png', mimeType: 'image/png', buffer: blueBytes })
  await expect(page.getByRole('img', { name: 'Goes with this message' })).toBeVisible(NEWS)
  await sendAtOnce()
  const hand = await context.newPage()
  await hand.goto(phonePage(site, phone))
  const shown = hand.getByRole('img', { name: 'Picture in this message' })
  await expect(shown).toHaveCount(1, DELIVERED)
  await expect.poll(() => shown.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(64)
  await hand
    .getByLabel('Picture', { exact: true })
    .setInputFiles({ name: 'b.png', mimeType: 'image/png', buffer: blueBytes })
  await hand.getByRole('button', { name: 'Send', exact: true }).click()
  await expect(shown).toHaveCount(2)
  await expect(log.getByRole('img', { name: /^Picture from/ })).toHaveCount(2, NEWS)
})

test('words that are urgent or unhappy are marked in the list and at the message, and no more than that', async ({
  begin,
  site,
}) => {
  const { page, id, phone, url, log, row } = await begin(dana)
  await textAs(site, phone, 'This is terrible, please call me ASAP')
  await page.goto(url)
  for (const where of [log, row(id)]) {
    await expect(where.getByText('Urgent words')).toBeVisible(NEWS)
    await expect(where.getByText('Negative')).toBeVisible()
  }
  expect(await barriers(page)).toEqual([])
})

test('what is not what it says it is is not kept, and the thread says why', async ({ begin, site }) => {
  const { page, phone, url, log } = await begin(dana)
  await textAs(site, phone, 'Look', [notWhatItSays])
  await page.goto(url)
  await expect(log.getByText('It is not what it says it is')).toBeVisible(NEWS)
})

test.describe('what goes wrong', () => {
  test.use({ browserErrors: 'expected' })

  test('a picture that does not load can be asked for again', async ({ begin, site }) => {
    const { page, id, phone, url, log } = await begin(dana)
    await textAs(site, phone, 'A photo', [bluePicture])
    await expect.poll(async () => (await messagesOf(page, site.urls.host, id))[0]?.media[0]?.verdict, NEWS).toBe('kept')
    await page.route('**/media/*', (route) => route.abort())
    await page.goto(url)
    await expect(log.getByText('The picture did not load')).toBeVisible()
    await page.unroute('**/media/*')
    await log.getByRole('button', { name: 'Try again' }).click()
    await expect(log.getByRole('img', { name: /^Picture from/ })).toBeVisible()
  })

  test('a draft whose picture was kept for too long says so, loses nothing else, and goes with another one', async ({
    open,
    site,
  }) => {
    const { page, phone, log, message, send, sendAtOnce } = await open(dana)
    await attachBlue(page)
    await message.fill('Put it on like this')
    await forgetPicture(page)
    await page.reload()
    await expect(page.getByText('what is not sent is kept for a day only')).toBeVisible()
    await expect(message).toHaveValue('Put it on like this')
    await expect(send.first()).toBeDisabled()
    expect(await barriers(page)).toEqual([])

    await page.getByRole('button', { name: 'Remove the picture' }).click()
    await expect(message).toBeFocused()
    await expect(message).toHaveValue('Put it on like this')
    await attachBlue(page)
    await sendAtOnce()
    await expect(log.getByText('Delivered')).toBeVisible(DELIVERED)
    expect(await receivedBy(site, phone)).toEqual(['Put it on like this'])
    expect((await picturesReceivedBy(site, phone)).length).toBe(1)
  })

  test('a message that is sent with a picture that is gone comes back whole, without the picture', async ({
    open,
    site,
  }) => {
    const { page, id, phone, log, message, sendAtOnce } = await open(dana)
    await attachBlue(page)
    await message.fill('Put it on like this')
    // The page shows the picture from before, as one does that was left open overnight.
    await page.route('**/media/*', (route) => route.fulfill({ contentType: 'image/png', body: blueBytes }))
    await forgetPicture(page)
    await page.reload()
    await expect(page.getByRole('img', { name: 'Goes with this message' })).toBeVisible()
    await sendAtOnce()
    await expect(log.getByText('what is not sent is kept for a day only')).toBeVisible()
    await page.unrouteAll()
    await message.fill('And call me')
    expect(await barriers(page)).toEqual([])

    await log.getByRole('button', { name: 'Remove the picture' }).click()
    await expect(message).toHaveValue('Put it on like this\nAnd call me')
    await expect(message).toBeFocused()
    await expect(page.getByRole('img', { name: 'Goes with this message' })).toHaveCount(0)
    await sendAtOnce()
    await expect(log.getByText('Delivered')).toBeVisible(DELIVERED)
    expect(await receivedBy(site, phone)).toEqual(['Put it on like this\nAnd call me'])
    expect((await messagesOf(page, site.urls.host, id)).map(({ media }) => media.length)).toEqual([0])
  })
})

/** Attaches the blue picture and waits until it is stored. */
async function attachBlue(page: Page): Promise<void> {
  const blue = { name: 'mask.png', mimeType: 'image/png', buffer: blueBytes }
  await page.getByLabel('Picture', { exact: true }).setInputFiles(blue)
  await expect(page.getByRole('img', { name: 'Goes with this message' })).toBeVisible(NEWS)
}

/** The kept draft names a picture that the server does not have, as it does after a day. */
async function forgetPicture(page: Page): Promise<void> {
  const changed = await page.evaluate((gone) => {
    const drafts = Object.entries(localStorage).filter(([key]) => key.startsWith('outreach-message:'))
    for (const [key, text] of drafts) {
      const draft = JSON.parse(text)
      localStorage.setItem(key, JSON.stringify({ ...draft, picture: { ...draft.picture, id: gone } }))
    }
    return drafts.length
  }, crypto.randomUUID())
  expect(changed, 'drafts in this browser').toBe(1)
}
