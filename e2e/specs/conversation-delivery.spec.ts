import { uniqueName } from '../site/canary.ts'
import { expect, test } from '../site/conversation-test.ts'
import { DELIVERED, messagesOf, receivedBy } from '../site/conversations.ts'
import { dana } from '../site/people.ts'

/** A number of the carrier's to which nothing is delivered, with the error number 30005. */
const NOT_IN_USE = '+13035550105'

test('A1, A2: a message is sent, is one bubble, arrives on the phone and says that it did', async ({ open, site }) => {
  const { phone, log, message, sendAtOnce } = await open(dana)
  const text = uniqueName("It's O'Brien & <b>José</b> 李")
  await message.fill(text)
  await sendAtOnce()
  await expect(log.getByText(text)).toHaveCount(1)
  await expect(message).toHaveValue('')
  await expect(log.getByText('Delivered')).toBeVisible(DELIVERED)
  await expect(log.getByText(text)).toHaveCount(1)
  expect(await receivedBy(site, phone)).toEqual([text])
})

test('what the carrier cannot deliver says why in plain words, and what to do next', async ({ open }) => {
  const { log, message, sendAtOnce } = await open(dana, { phone: NOT_IN_USE, friendlyName: 'Not in use' })
  const text = uniqueName('Into the void')
  await message.fill(text)
  await sendAtOnce()
  await expect(log.getByText('The number is not in use. Check the number with the patient.')).toBeVisible(DELIVERED)
  // The carrier has it: the same message is never sent twice. Its words are not lost, and a person sends a new one.
  await expect(log.getByRole('button', { name: 'Send again' })).toHaveCount(0)
  await message.fill('Begun meanwhile')
  await log.getByRole('button', { name: 'Write it again' }).click()
  await expect(message).toHaveValue(`${text}\nBegun meanwhile`)
  await expect(message).toBeFocused()
  await expect(log.getByText(text)).toHaveCount(1)
})

test.describe('what goes wrong', () => {
  test.use({ browserErrors: 'expected' })

  test('A1, A2: a message sent without a network is kept, goes when it is back, and goes once', async ({
    open,
    site,
  }) => {
    const { context, page, id, log, message, sendAtOnce } = await open(dana)
    const text = uniqueName('Written in a lift')
    await context.setOffline(true)
    await message.fill(text)
    await sendAtOnce()
    await expect(log.getByText(text)).toBeVisible()
    await context.setOffline(false)
    await expect(log.getByText('Delivered')).toBeVisible(DELIVERED)
    await expect(log.getByText(text)).toHaveCount(1)
    expect((await messagesOf(page, site.urls.host, id)).map(({ body }) => body)).toEqual([text])
  })

  test('A1, A2: a network that goes while a message is on its way loses nothing and sends nothing twice', async ({
    open,
    site,
  }) => {
    const { context, page, id, phone, log, message, sendAtOnce } = await open(dana)
    // The server gets it, and its answer is lost with the network.
    await page.route(
      `**/conversations/${id}/messages`,
      async (route) => {
        await route.fetch()
        await context.setOffline(true)
        await route.abort('internetdisconnected')
      },
      { times: 1 },
    )
    const text = uniqueName('Into a tunnel')
    await message.fill(text)
    await sendAtOnce()
    await expect(log.getByText('Kept here, sent when the connection is back')).toBeVisible({ timeout: 40_000 })
    await expect(message).toHaveValue('')
    await context.setOffline(false)
    await expect(log.getByText('Delivered')).toBeVisible(DELIVERED)
    await expect(log.getByText(text)).toHaveCount(1)
    expect((await messagesOf(page, site.urls.host, id)).map(({ body }) => body)).toEqual([text])
    expect(await receivedBy(site, phone)).toEqual([text])
  })
})
