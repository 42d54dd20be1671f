import { uniqueName } from '../site/canary.ts'
import { expect, test } from '../site/conversation-test.ts'
import { DELIVERED, messagesOf } from '../site/conversations.ts'
import { dana } from '../site/people.ts'

/** A number of the carrier's to which nothing is delivered, with the error number 30005. */
const NOT_IN_USE = '+13035550105'

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
})
