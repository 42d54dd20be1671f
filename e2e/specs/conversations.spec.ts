import { AxeBuilder } from '@axe-core/playwright'
import { outreachPath } from '@sax/topology'
import { uniqueName } from '../site/canary.ts'
import { beginConversation, messagesOf, newPhone, receivedBy, textAs, threadOf } from '../site/conversations.ts'
import { dana, siobhan } from '../site/people.ts'
import { choose } from '../site/templates.ts'
import { expect, test } from '../site/test.ts'

const WCAG = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']
/** The worker's and the carrier's own pace, on a busy machine. */
const DELIVERED = { timeout: 30_000 }
/** Two questions for news and a slow machine. */
const NEWS = { timeout: 10_000 }

test('A1, A2: a message is sent, is one bubble, arrives on the phone and says that it did', async ({
  deskOf,
  site,
}) => {
  const { page } = await deskOf(dana)
  const phone = newPhone()
  const { id } = await beginConversation(page, site.urls.host, { phone })
  await page.goto(site.urls.host + outreachPath('conversations', id))
  const { log, message, sendAtOnce } = threadOf(page)
  const text = uniqueName("It's O'Brien & <b>José</b> 李")
  await message.fill(text)
  await sendAtOnce()
  await expect(log.getByText(text)).toHaveCount(1)
  await expect(message).toHaveValue('')
  await expect(log.getByText('Delivered')).toBeVisible(DELIVERED)
  await expect(log.getByText(text)).toHaveCount(1)
  expect(await receivedBy(site, phone)).toEqual([text])
})

test('A7: an answer is on the screen by itself, in the list and in the thread', async ({ deskOf, site }) => {
  const { page } = await deskOf(dana)
  const phone = newPhone()
  const { id } = await beginConversation(page, site.urls.host, { phone, friendlyName: uniqueName("Maeve O'Brien") })
  await page.goto(site.urls.host + outreachPath('conversations'))
  const { log, row } = threadOf(page)
  await expect(row(id)).toBeVisible()
  const first = uniqueName('Is the mask meant to hiss?')
  await textAs(site, phone, first)
  await expect(row(id)).toContainText(first, NEWS)
  await expect(row(id)).toContainText('unread')
  await expect(page).toHaveTitle(/^\(\d+\+?\) /)

  await row(id).click()
  await expect(log.getByText(first)).toBeVisible()
  await expect(row(id)).not.toContainText('unread', NEWS)
  const second = uniqueName('And <b>how</b> long?')
  await textAs(site, phone, second)
  await expect(log.getByText(second)).toBeVisible(NEWS)
})

test('A14: after STOP nothing can be sent, after START it can', async ({ deskOf, site }) => {
  const { page } = await deskOf(dana)
  const phone = newPhone()
  const { id } = await beginConversation(page, site.urls.host, { phone })
  await page.goto(site.urls.host + outreachPath('conversations', id))
  const { message } = threadOf(page)
  await expect(message).toBeEditable()
  await textAs(site, phone, 'STOP')
  await expect(page.getByText('This patient has opted out.')).toBeVisible(NEWS)
  await expect(message).not.toBeEditable()
  await textAs(site, phone, 'START')
  await expect(message).toBeEditable(NEWS)
})

test('what was typed outlives a reload, and is nowhere once it is sent', async ({ deskOf, site }) => {
  const { page } = await deskOf(dana)
  const { id } = await beginConversation(page, site.urls.host, { phone: newPhone() })
  await page.goto(site.urls.host + outreachPath('conversations', id))
  const { log, message, sendAtOnce } = threadOf(page)
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

test('A11: a message with an open variable waits, and says for what', async ({ deskOf, site }) => {
  const { page } = await deskOf(dana)
  const { id } = await beginConversation(page, site.urls.host, { phone: newPhone() })
  await page.goto(site.urls.host + outreachPath('conversations', id))
  const { message, send } = threadOf(page)
  await message.fill('Hi {{firstName}}, see you then')
  await expect(page.getByRole('button', { name: '{{firstName}}' })).toBeVisible()
  for (const button of await send.all()) await expect(button).toBeDisabled()
  await message.fill('Hi Maeve, see you then')
  for (const button of await send.all()) await expect(button).toBeEnabled()
})

test('A12: the count is that of the carrier, and what makes a message dear is named', async ({ deskOf, site }) => {
  const { page } = await deskOf(dana)
  const { id } = await beginConversation(page, site.urls.host, { phone: newPhone() })
  await page.goto(site.urls.host + outreachPath('conversations', id))
  const { message } = threadOf(page)
  await message.fill('🙂'.repeat(40))
  await expect(page.getByTestId('message-size')).toContainText('80 characters, 2 segments')
  await expect(page.getByTestId('message-size')).toContainText('🙂 (U+1F642)')
})

test('an archived conversation is back with one click', async ({ deskOf, site }) => {
  const { page } = await deskOf(dana)
  const { id } = await beginConversation(page, site.urls.host, { phone: newPhone() })
  await page.goto(site.urls.host + outreachPath('conversations', id))
  const { more, row } = threadOf(page)
  await expect(row(id)).toBeVisible()
  await more.click()
  await page.getByRole('menuitem', { name: /^Archive/ }).click()
  await expect(row(id)).toHaveCount(0)
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(row(id)).toBeVisible()
})

test('in quiet hours one is told so, and Send waits for the morning', async ({ deskOf, site }) => {
  const { page } = await deskOf(dana)
  const phone = newPhone()
  const { id } = await beginConversation(page, site.urls.host, { phone })
  // The hour of the test is not the hour of the patient: the answer says that it is night.
  const changesAt = new Date(Date.now() + 8 * 3_600_000).toISOString()
  await page.route(`**/conversations/${id}`, async (route) => {
    const response = await route.fetch()
    const answer: unknown = await response.json().catch(() => undefined)
    if (!isScreen(answer)) return route.fulfill({ response })
    const quietHours = { timeZone: 'America/New_York', quietNow: true, changesAt }
    return route.fulfill({ response, json: { data: { ...answer.data, quietHours } } })
  })
  await page.goto(site.urls.host + outreachPath('conversations', id))
  const { log, message } = threadOf(page)
  await expect(page.getByText('Quiet until')).toBeVisible()
  await message.fill('Good morning')
  await page.getByRole('button', { name: 'Send in the morning' }).click()
  await expect(log.getByText('Scheduled')).toBeVisible()
  expect(await messagesOf(page, site.urls.host, id)).toMatchObject([{ scheduledFor: changesAt, status: 'queued' }])
  expect(await receivedBy(site, phone)).toEqual([])
})

test('a colleague sees who is writing, and is handed a conversation with a word', async ({ deskOf, site }) => {
  const [one, other] = [await deskOf(dana), await deskOf(siobhan)]
  const { id } = await beginConversation(one.page, site.urls.host, { phone: newPhone() })
  const path = site.urls.host + outreachPath('conversations', id)
  await one.page.goto(path)
  await other.page.goto(path)
  await threadOf(one.page).message.pressSequentially('Dear')
  await expect(other.page.getByText(`${dana.name} is writing an answer`).first()).toBeAttached(NEWS)

  await one.page.getByRole('button', { name: 'Unassigned' }).click()
  await one.page.getByRole('menuitem', { name: 'Hand over with a word' }).click()
  await choose(one.page, one.page.getByRole('combobox', { name: 'To' }), siobhan.name)
  const word = uniqueName('Wants a call in the evening')
  await one.page.getByRole('textbox', { name: /^Note/ }).fill(word)
  await one.page.getByRole('dialog').getByRole('button', { name: 'Hand over' }).click()
  await expect(other.page.getByRole('button', { name: 'Assigned to You' })).toBeVisible(NEWS)
  await expect(threadOf(other.page).log.getByText(word)).toBeVisible()
})

test('A3: a long conversation opens at its end, and what is loaded above moves nothing', async ({ deskOf, site }) => {
  const { page } = await deskOf(dana)
  const phone = newPhone()
  const { id } = await beginConversation(page, site.urls.host, { phone })
  for (let count = 1; count <= 60; count += 1) await textAs(site, phone, `Line ${count} of a long story`)
  const read = async () => (await messagesOf(page, site.urls.host, id)).length
  await expect.poll(read, DELIVERED).toBe(50)
  await page.goto(site.urls.host + outreachPath('conversations', id))
  const { log } = threadOf(page)
  const newest = log.getByText(/^Line \d+ of a long story$/).last()
  await expect(newest).toBeInViewport()
  const first = log.getByText(/^Line \d+ of a long story$/).first()
  const words = (await first.textContent()) ?? ''
  const mark = log.getByText(words, { exact: true })
  await log.evaluate((pane) => {
    pane.scrollTop = 100
  })
  const before = await mark.boundingBox()
  await expect.poll(() => log.getByText(/^Line \d+ of a long story$/).count()).toBe(60)
  const after = await mark.boundingBox()
  expect(Math.abs((after?.y ?? 0) - (before?.y ?? 0))).toBeLessThan(60)
})

test('the list and a conversation exclude nobody, in light and dark and in every width', async ({ deskOf, site }) => {
  const { page } = await deskOf(dana)
  const { id } = await beginConversation(page, site.urls.host, {
    phone: newPhone(),
    firstMessage: { clientId: crypto.randomUUID(), body: 'Good morning' },
  })
  for (const path of [outreachPath('conversations'), outreachPath('conversations', id)]) {
    for (const width of [320, 768, 1440]) {
      // A window that is made larger moves what is in it, which is no fault of the page.
      await page.goto('about:blank')
      await page.setViewportSize({ width, height: 900 })
      await page.goto(site.urls.host + path)
      await expect(page.locator('[aria-busy="true"]:visible')).toHaveCount(0)
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme })
        const { violations } = await new AxeBuilder({ page }).withTags(WCAG).analyze()
        expect.soft(violations.map(({ id: rule, nodes }) => `${rule}: ${nodes[0]?.html}`)).toEqual([])
      }
      const overflow = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      )
      expect.soft(overflow, `sideways at ${width} px`).toBeLessThanOrEqual(0)
      const taller = await page.evaluate(() => document.documentElement.scrollHeight - window.innerHeight)
      expect.soft(taller, `the page itself scrolls at ${width} px`).toBeLessThanOrEqual(0)
    }
  }
})

test.describe('what goes wrong', () => {
  test.use({ browserErrors: 'expected' })

  test('a number one already talks to opens the conversation there is', async ({ deskOf, site }) => {
    const { page } = await deskOf(dana)
    const phone = newPhone()
    const { id } = await beginConversation(page, site.urls.host, { phone })
    await page.goto(site.urls.host + outreachPath('conversations'))
    await page.getByRole('button', { name: 'New', exact: true }).click()
    await page.getByRole('textbox', { name: /telephone number/ }).fill(phone.slice(2))
    await page.getByRole('button', { name: 'Open conversation' }).click()
    await page.waitForURL((url) => url.pathname === outreachPath('conversations', id))
  })

  test('A1, A2: a message sent without a network is kept, goes when it is back, and goes once', async ({
    deskOf,
    site,
  }) => {
    const { context, page } = await deskOf(dana)
    const { id } = await beginConversation(page, site.urls.host, { phone: newPhone() })
    await page.goto(site.urls.host + outreachPath('conversations', id))
    const { log, message, sendAtOnce } = threadOf(page)
    await expect(message).toBeEditable()
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

  test("a second answer sent unseen is refused: the other's is shown and one's own is kept", async ({
    deskOf,
    site,
  }) => {
    const [one, other] = [await deskOf(dana), await deskOf(siobhan)]
    const { id } = await beginConversation(one.page, site.urls.host, { phone: newPhone() })
    const path = site.urls.host + outreachPath('conversations', id)
    await one.page.goto(path)
    await other.page.goto(path)
    const mine = threadOf(one.page)
    const theirs = threadOf(other.page)
    await expect(mine.message).toBeEditable()
    const [first, second] = [uniqueName('First answer'), uniqueName('Second answer')]
    // News is kept away, so that the other's answer is unseen when one's own is sent.
    await one.page.route('**/changes?*', (route) => route.abort())
    await theirs.message.fill(first)
    await theirs.sendAtOnce()
    await expect.poll(async () => (await messagesOf(other.page, site.urls.host, id)).length).toBe(1)
    await mine.message.fill(second)
    await mine.sendAtOnce()
    await expect(mine.log.getByText('Somebody else answered')).toBeVisible()
    await one.page.unroute('**/changes?*')
    await expect(mine.log.getByText(first)).toBeVisible({ timeout: 40_000 })
    await expect(mine.log.getByText(second)).toHaveCount(1)
    await mine.log.getByRole('button', { name: 'Edit' }).click()
    await expect(mine.message).toHaveValue(second)
    expect((await messagesOf(one.page, site.urls.host, id)).map(({ body }) => body)).toEqual([first])
  })
})

function isScreen(answer: unknown): answer is { readonly data: object } {
  if (typeof answer !== 'object' || answer === null || !('data' in answer)) return false
  return typeof answer.data === 'object' && answer.data !== null && 'quietHours' in answer.data
}
