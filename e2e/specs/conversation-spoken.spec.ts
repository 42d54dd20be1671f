import { uniqueName } from '../site/canary.ts'
import { expect, test } from '../site/conversation-test.ts'
import { DELIVERED, messagesOf, NEWS, textAs } from '../site/conversations.ts'
import { dana, siobhan } from '../site/people.ts'
import { listen } from '../site/spoken.ts'

test('what arrives in a conversation is read out with its writer, what is older is not', async ({
  begin,
  join,
  site,
}) => {
  const friendlyName = uniqueName("Maeve O'Brien")
  const mine = await begin(dana, { friendlyName })
  const { page, id, phone, url, log } = mine
  for (let count = 1; count <= 55; count += 1) await textAs(site, phone, `Line ${count} of a long story`)
  await expect.poll(async () => (await messagesOf(page, site.urls.host, id)).length, DELIVERED).toBe(50)
  await page.goto(url)
  const lines = log.getByText(/^Line \d+ of a long story$/)
  await expect(lines.last()).toBeInViewport()
  const said = await listen(page)
  await log.evaluate((pane) => {
    pane.scrollTop = 0
  })
  await expect.poll(() => lines.count(), DELIVERED).toBe(55)

  const text = uniqueName('It hisses')
  await textAs(site, phone, text)
  await expect.poll(said, NEWS).toContain(`New message from ${friendlyName}: ${text}`)
  // Said once, in words that are in no other region.
  expect((await said()).filter((one) => one.includes(text))).toHaveLength(1)
  expect((await said()).filter((one) => one.includes('of a long story'))).toEqual([])

  const theirs = await join(siobhan, mine)
  const answer = uniqueName('We look at it')
  await expect(theirs.message).toBeEditable()
  await theirs.message.fill(answer)
  await theirs.sendAtOnce()
  await expect.poll(said, NEWS).toContain(`New message from ${siobhan.name}: ${answer}`)
  const own = uniqueName('Me too')
  await mine.message.fill(own)
  await mine.sendAtOnce()
  await expect(log.getByText('Delivered').last()).toBeVisible(DELIVERED)
  expect((await said()).filter((one) => one.includes(own))).toEqual([])
})
