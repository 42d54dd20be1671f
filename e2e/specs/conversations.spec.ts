import { isNavigationData, outreach, outreachApiPath, outreachPath } from '@sax/topology'
import { uniqueName } from '../site/canary.ts'
import { expect, test } from '../site/conversation-test.ts'
import { DELIVERED, messagesOf, NEWS, receivedBy, textAs } from '../site/conversations.ts'
import { dana, siobhan } from '../site/people.ts'

test('A7: an answer is on the screen by itself, in the list and in the thread', async ({ begin, site }) => {
  const { page, id, phone, log, row } = await begin(dana, { friendlyName: uniqueName("Maeve O'Brien") })
  await page.goto(site.urls.host + outreachPath('conversations'))
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

test('A11: a message with an open variable waits, and says for what', async ({ open }) => {
  const { page, message, send } = await open(dana)
  await message.fill('Hi {{firstName}}, see you then')
  await expect(page.getByRole('button', { name: '{{firstName}}' })).toBeVisible()
  for (const button of await send.all()) await expect(button).toBeDisabled()
  await message.fill('Hi Maeve, see you then')
  for (const button of await send.all()) await expect(button).toBeEnabled()
})

test('A12: the count is that of the carrier, and what makes a message dear is named', async ({ open }) => {
  const { page, message } = await open(dana)
  await message.fill('🙂'.repeat(40))
  await expect(page.getByTestId('message-size')).toContainText('80 characters, 2 segments')
  await expect(page.getByTestId('message-size')).toContainText('🙂 (U+1F642)')
})

test('A16: a conversation opens with one question, whatever its screen shows, and none while one only points', async ({
  begin,
  site,
}) => {
  const { page, id, phone, log, row } = await begin(dana)
  await textAs(site, phone, 'Who asks how often?')
  await page.goto(site.urls.host + outreachPath('conversations'))
  await expect(row(id)).toContainText('Who asks how often?', NEWS)
  // The list and its news are asked for by themselves, and more often while other tests write.
  const ofList = [outreachApiPath('changes'), outreachApiPath('conversations')]
  const asked: string[] = []
  const navigations: string[] = []
  page.on('request', (request) => {
    const { pathname } = new URL(request.url())
    const counts = pathname.startsWith(`${outreachApiPath()}/`) && !ofList.includes(pathname)
    if (isNavigationData(outreach, pathname)) navigations.push(pathname)
    if (counts) asked.push(`${request.method()} ${pathname.slice(outreachApiPath().length)}`)
  })
  const rows = page.locator('[data-conversation]')
  for (const nth of [3, 2, 1, 0]) await rows.nth(nth).hover()
  await row(id).click()
  await expect(log.getByText('Who asks how often?')).toBeVisible()
  await expect(row(id)).not.toContainText('unread', NEWS)
  // What one tells meanwhile: that one is there, and has read it.
  expect(asked.toSorted()).toEqual([
    `GET /conversations/${id}`,
    `POST /conversations/${id}/presence`,
    `POST /conversations/${id}/read`,
  ])
  expect(navigations).toEqual([expect.stringContaining(`/conversations/${id}.json`)])
})

test('an archived conversation is back with one click', async ({ open }) => {
  const { page, id, more, row } = await open(dana)
  await expect(row(id)).toBeVisible()
  await more.click()
  await page.getByRole('menuitem', { name: /^Archive/ }).click()
  await expect(row(id)).toHaveCount(0)
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(row(id)).toBeVisible()
})

test('in quiet hours one is told so, and Send waits for the morning', async ({ begin, site }) => {
  const { page, id, phone, url, log, message } = await begin(dana)
  // The hour of the test is not the hour of the patient: the answer says that it is night.
  const changesAt = new Date(Date.now() + 8 * 3_600_000).toISOString()
  await page.route(`**/conversations/${id}`, async (route) => {
    const response = await route.fetch()
    const answer: unknown = await response.json().catch(() => undefined)
    if (!isScreen(answer)) return route.fulfill({ response })
    const quietHours = { timeZone: 'America/New_York', quietNow: true, changesAt }
    return route.fulfill({ response, json: { data: { ...answer.data, quietHours } } })
  })
  await page.goto(url)
  await expect(page.getByText('Quiet until')).toBeVisible()
  await message.fill('Good morning')
  await page.getByRole('button', { name: 'Send in the morning' }).click()
  await expect(log.getByText('Scheduled')).toBeVisible()
  expect(await messagesOf(page, site.urls.host, id)).toMatchObject([{ scheduledFor: changesAt, status: 'queued' }])
  expect(await receivedBy(site, phone)).toEqual([])
})

test('A3: a long conversation opens at its end, and what is loaded above moves nothing', async ({ begin, site }) => {
  const { page, id, phone, url, log } = await begin(dana)
  for (let count = 1; count <= 60; count += 1) await textAs(site, phone, `Line ${count} of a long story`)
  const read = async () => (await messagesOf(page, site.urls.host, id)).length
  await expect.poll(read, DELIVERED).toBe(50)
  await page.goto(url)
  const newest = log.getByText(/^Line \d+ of a long story$/).last()
  await expect(newest).toBeInViewport()
  const first = log.getByText(/^Line \d+ of a long story$/).first()
  const words = (await first.textContent()) ?? ''
  const mark = log.getByText(words, { exact: true })
  // What is above comes when it was seen where things stand without it.
  const seen = Promise.withResolvers<void>()
  await page.route('**/messages?before=*', async (route) => {
    await seen.promise
    await route.continue()
  })
  await log.evaluate((pane) => {
    pane.scrollTop = 100
  })
  await expect(log.getByRole('button', { name: 'Older messages' })).toBeVisible()
  expect(await log.getByText(/^Line \d+ of a long story$/).count()).toBe(50)
  const before = await mark.boundingBox()
  seen.resolve()
  await expect.poll(() => log.getByText(/^Line \d+ of a long story$/).count()).toBe(60)
  const after = await mark.boundingBox()
  expect(before?.y).toBeDefined()
  expect(Math.abs((after?.y ?? 0) - (before?.y ?? 0))).toBeLessThan(2)
})

test.describe('what goes wrong', () => {
  test.use({ browserErrors: 'expected' })

  test('a number one already talks to opens the conversation there is', async ({ begin, site }) => {
    const { page, id, phone } = await begin(dana)
    await page.goto(site.urls.host + outreachPath('conversations'))
    await page.getByRole('button', { name: 'New', exact: true }).click()
    await page.getByRole('textbox', { name: /telephone number/ }).fill(phone.slice(2))
    await page.getByRole('button', { name: 'Open conversation' }).click()
    await page.waitForURL((url) => url.pathname === outreachPath('conversations', id))
  })

  test("a second answer sent unseen is refused: the other's is shown and one's own is kept", async ({
    open,
    join,
    site,
  }) => {
    const mine = await open(dana)
    const theirs = await join(siobhan, mine)
    const [first, second] = [uniqueName('First answer'), uniqueName('Second answer')]
    // News is kept away, so that the other's answer is unseen when one's own is sent.
    await mine.page.route('**/changes?*', (route) => route.abort())
    await theirs.message.fill(first)
    await theirs.sendAtOnce()
    await expect.poll(async () => (await messagesOf(theirs.page, site.urls.host, mine.id)).length).toBe(1)
    await mine.message.fill(second)
    await mine.sendAtOnce()
    await expect(mine.log.getByText('Somebody else answered')).toBeVisible()
    await mine.page.unroute('**/changes?*')
    await expect(mine.log.getByText(first)).toBeVisible({ timeout: 40_000 })
    await expect(mine.log.getByText(second)).toHaveCount(1)
    await mine.log.getByRole('button', { name: 'Edit' }).click()
    await expect(mine.message).toHaveValue(second)
    expect((await messagesOf(mine.page, site.urls.host, mine.id)).map(({ body }) => body)).toEqual([first])
  })
})

function isScreen(answer: unknown): answer is { readonly data: object } {
  if (typeof answer !== 'object' || answer === null || !('data' in answer)) return false
  return typeof answer.data === 'object' && answer.data !== null && 'quietHours' in answer.data
}
