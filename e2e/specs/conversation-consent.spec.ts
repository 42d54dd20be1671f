import { uniqueName } from '../site/canary.ts'
import { expect, letGiveUp, test } from '../site/conversation-test.ts'
import { DELIVERED, NEWS, receivedBy, textAs } from '../site/conversations.ts'
import { dana } from '../site/people.ts'

test('after "please stop texting me" nothing goes until a person has decided, for and against', async ({
  open,
  site,
}) => {
  const { page, id, phone, log, message, row, sendAtOnce } = await open(dana)
  await textAs(site, phone, 'please stop texting me about the mask')
  await expect(page.getByText('Did the patient ask you to stop?')).toBeVisible(NEWS)
  await expect(message).not.toBeEditable()
  await expect(row(id)).toContainText('Held')

  await page.getByRole('button', { name: 'No, go on' }).click()
  await expect(message).toBeEditable()
  // The buttons are gone; who works by keyboard goes on where one writes.
  await expect(message).toBeFocused()
  await expect(page.getByText('Did the patient ask you to stop?')).toHaveCount(0)
  const text = uniqueName('Then about the hose')
  await message.fill(text)
  await sendAtOnce()
  await expect(log.getByText('Delivered')).toBeVisible(DELIVERED)
  expect(await receivedBy(site, phone)).toEqual([text])

  await textAs(site, phone, 'I said stop texting me')
  await page.getByRole('button', { name: 'Yes, stop' }).click()
  await expect(page.getByText('This patient has opted out.')).toBeVisible()
  await expect(message).not.toBeEditable()
  await expect(row(id)).toContainText('Opted out')
})

test.describe('what goes wrong', () => {
  test.use({ browserErrors: 'expected' })

  // What the patient texts brings banners and takes them away again, and they move what is below them.
  test('a message that was given up is sent again by a person, and arrives once', async ({ open, site }) => {
    const thread = await open(dana)
    const { phone, log, message } = thread
    const text = uniqueName('See you on Tuesday')
    await letGiveUp(site, thread, text)
    await expect(log.getByText('The patient has said STOP.')).toBeVisible(DELIVERED)
    expect(await receivedBy(site, phone)).not.toContain(text)
    await textAs(site, phone, 'START')
    await expect(message).toBeEditable(NEWS)
    await log.getByRole('button', { name: 'Send again' }).click()
    // Not "Not delivered".
    await expect(log.getByText(/Delivered/)).toBeVisible(DELIVERED)
    expect((await receivedBy(site, phone)).filter((one) => one === text)).toEqual([text])
  })
})
