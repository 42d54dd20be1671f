import type { Locator, Page } from '@playwright/test'
import { outreachApiPath, outreachPath } from '@sax/topology'
import { uniqueName } from '../site/canary.ts'
import { expect, test } from '../site/conversation-test.ts'
import { beginConversation, DELIVERED, messagesOf, NEWS, newPhone, textAs, threadOf } from '../site/conversations.ts'
import { listOf } from '../site/list.ts'
import { dana } from '../site/people.ts'
import type { SiteUnderTest } from '../site/site-under-test.ts'

/** @source web.dev, "Cumulative Layout Shift": good is 0.1 or less */
const MAX_LAYOUT_SHIFT = 0.1

/** Of more rows than these only those on the screen are in the page. */
const PLAIN_ROWS = 100

interface Patient {
  readonly id: string
  readonly phone: string
}

/** Conversations with patients whom nobody else knows, the last one on top of the list. */
async function patientsOf(page: Page, site: SiteUnderTest, count: number): Promise<readonly Patient[]> {
  const patients: Patient[] = []
  for (let index = 0; index < count; index += 1) {
    const phone = newPhone()
    const { id } = await beginConversation(page, site.urls.host, { phone })
    patients.unshift({ id, phone })
  }
  return patients
}

for (const width of [320, 768, 1440]) {
  test(`A7: at ${width} px texts arrive in their rows, and no row moves until one asks for it`, async ({
    deskOf,
    site,
  }) => {
    const { page, complaints } = await deskOf(dana)
    const path = outreachPath('conversations')
    const patients = await patientsOf(page, site, 7)
    const ids = patients.map(({ id }) => id)
    await page.setViewportSize({ width, height: 900 })
    await page.goto(site.urls.host + path)
    const { row, orderOf, places, updates } = listOf(page)
    for (const id of ids) await expect(row(id)).toBeVisible()
    await expect(page).toHaveTitle(/Conversations/)
    await complaints.settle()
    const before = await places()
    const watchedFromMs = Date.now()

    // Each goes to a row further down, and would lift it above all others.
    for (const { id, phone } of patients.slice(1)) {
      const text = uniqueName('Does it hiss?')
      await textAs(site, phone, text)
      await expect(row(id)).toContainText(text, NEWS)
      await expect(row(id)).toContainText('1 unread')
    }
    await expect(page).toHaveTitle(/^\(\d+\+?\) /)
    await complaints.settle()
    const shift = complaints.jumps(watchedFromMs).get(path)?.sum ?? 0
    test.info().annotations.push({ type: `layout shift at ${width} px`, description: shift.toFixed(4) })
    expect.soft(shift).toBeLessThan(MAX_LAYOUT_SHIFT)
    expect(await places()).toEqual(before)

    await expect(updates).toBeVisible()
    await expect(page.getByRole('status').filter({ hasText: 'to show in the list' })).toBeAttached()
    await updates.focus()
    await page.keyboard.press('Enter')
    const [first, ...written] = ids
    await expect.poll(() => orderOf(ids)).toEqual([...written.toReversed(), first])
    await expect(updates).toHaveCount(0)
    // The button is gone; who works by keyboard goes on in the list.
    await expect(page.locator('[aria-posinset="1"] a')).toBeFocused()
  })
}

test('a list that grows beyond a hundred rows keeps the focus: in its row, and from the button for updates', async ({
  deskOf,
  site,
}) => {
  const { page } = await deskOf(dana)
  const { total } = (await inboxOf(page, site)).pagination
  await patientsOf(page, site, Math.max(0, PLAIN_ROWS - total))
  const { rows, row, updates } = listOf(page)
  const list = `**${outreachApiPath('conversations')}?*`
  const oneMore = async () => {
    await page.unroute(list)
    await page.goto(site.urls.host + outreachPath('conversations'))
    await expect(rows).toHaveCount(PLAIN_ROWS)
    // News makes it longer, until the server is asked for the first hundred again: that answer does not come.
    await page.route(list, () => undefined)
    await patientsOf(page, site, 1)
    await expect(updates).toBeVisible(NEWS)
  }
  const drawn = page.locator('[data-index][aria-setsize]')

  await oneMore()
  await updates.focus()
  await page.keyboard.press('Enter')
  await expect(drawn).not.toHaveCount(0)
  await expect(page.locator('[aria-posinset="1"] a')).toBeFocused()

  await oneMore()
  const third = await page.locator('[aria-posinset="3"] a').getAttribute('data-conversation')
  await row(third ?? '').focus()
  await page.keyboard.press('.')
  await expect(drawn).not.toHaveCount(0)
  await expect(row(third ?? '')).toBeFocused()
})

test('what one sends oneself lifts its row, and leaves those that others lifted', async ({ deskOf, site }) => {
  const { page } = await deskOf(dana)
  const patients = await patientsOf(page, site, 3)
  const [a, b, c] = patients
  if (a === undefined || b === undefined || c === undefined) throw new Error('three were begun')
  const ids = patients.map(({ id }) => id)
  await page.goto(site.urls.host + outreachPath('conversations', b.id))
  const { row, orderOf } = listOf(page)
  const { message, sendAtOnce } = threadOf(page)
  await expect(message).toBeEditable()
  await textAs(site, c.phone, 'Good morning')
  await expect(row(c.id)).toContainText('Good morning', NEWS)
  expect(await orderOf(ids)).toEqual([a.id, b.id, c.id])

  await message.fill('It is ready')
  await sendAtOnce()
  await expect(row(b.id)).toContainText('Us: It is ready', NEWS)
  await expect.poll(() => orderOf(ids)).toEqual([b.id, a.id, c.id])
  await message.blur()
  await page.keyboard.press('.')
  await expect.poll(() => orderOf(ids)).toEqual([b.id, c.id, a.id])

  await page.keyboard.press('e')
  await expect(row(b.id)).toHaveCount(0)
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect.poll(() => orderOf(ids)).toEqual([b.id, c.id, a.id])
})

test('among the unread ones what one has read stays until the filter is chosen again, and the count is true', async ({
  deskOf,
  site,
}) => {
  const { page } = await deskOf(dana)
  const [later, now] = await patientsOf(page, site, 2)
  if (later === undefined || now === undefined) throw new Error('two were begun')
  await textAs(site, now.phone, 'Please call')
  await expect.poll(async () => (await messagesOf(page, site.urls.host, now.id)).length).toBe(1)
  await page.goto(`${site.urls.host}${outreachPath('conversations')}?filter=unread`)
  const { row, filter, updates } = listOf(page)
  await row(now.id).click()
  await expect(threadOf(page).log.getByText('Please call')).toBeVisible()
  await expect(row(now.id)).not.toContainText('unread', NEWS)
  await expect(row(now.id)).toBeVisible()

  await textAs(site, later.phone, 'Where are you?')
  await expect.poll(async () => (await messagesOf(page, site.urls.host, later.id)).length).toBe(1)
  // Of a conversation that was not among the unread ones, and that nothing here has counted.
  const shownCount = async () => Number((await filter('Unread').textContent())?.replace('Unread', ''))
  const difference = async () => (await shownCount()) - (await unreadOf(page, site))
  await expect.poll(difference, { timeout: 10_000 }).toBe(0)
  await expect(updates).toBeVisible(NEWS)
  await expect(row(later.id)).toHaveCount(0)
  // The updates may be of what other tests write, and this text still a question for news away.
  await expect(async () => {
    await filter('Unread').click()
    await expect(row(later.id)).toContainText('Where are you?', { timeout: 500 })
  }).toPass(NEWS)
  await expect(row(now.id)).toHaveCount(0)
})

test('a page that is come back to, and a list that was folded away, are in order', async ({ deskOf, site }) => {
  const { page } = await deskOf(dana)
  const patients = await patientsOf(page, site, 3)
  const [a, b, c] = patients
  if (a === undefined || b === undefined || c === undefined) throw new Error('three were begun')
  const ids = patients.map(({ id }) => id)
  await page.goto(site.urls.host + outreachPath('conversations'))
  const { row, orderOf } = listOf(page)
  await expect(row(c.id)).toBeVisible()
  await lookAway(page)
  await textAs(site, c.phone, 'While you were away')
  await expect.poll(async () => (await messagesOf(page, site.urls.host, c.id)).length).toBe(1)
  await lookBack(page)
  await expect.poll(() => orderOf(ids), NEWS).toEqual([c.id, a.id, b.id])

  await page.setViewportSize({ width: 320, height: 900 })
  await row(a.id).click()
  await expect(threadOf(page).message).toBeEditable()
  await textAs(site, b.phone, 'While you were reading')
  await expect(row(b.id)).toContainText('While you were reading', NEWS)
  await page.getByRole('link', { name: 'Back to the list' }).click()
  await expect(row(b.id)).toBeVisible()
  expect(await orderOf(ids)).toEqual([b.id, c.id, a.id])
})

test('A7: whoever works in another tab sees by the title of this one that somebody has written', async ({
  deskOf,
  site,
}) => {
  const { page } = await deskOf(dana)
  const [patient] = await patientsOf(page, site, 1)
  if (patient === undefined) throw new Error('one was begun')
  await page.clock.install()
  await page.goto(site.urls.host + outreachPath('conversations'))
  const { row } = listOf(page)
  await expect(row(patient.id)).toBeVisible()
  // The next question is asked all the same, for it was due when one left.
  const due = page.waitForResponse((response) => response.url().includes('/changes?'))
  await lookAway(page)
  await page.clock.fastForward(3000)
  await due
  await textAs(site, patient.phone, 'Is anybody there?')
  await expect.poll(async () => (await messagesOf(page, site.urls.host, patient.id)).length).toBe(1)
  await page.clock.fastForward(30_000)
  await expect(row(patient.id)).toContainText('Is anybody there?', { timeout: 5000 })
  await expect(page).toHaveTitle(/^\(\d+\+?\) Conversations/)
})

test('a list that nobody touches for two minutes is in order then, and every touch begins the two minutes anew', async ({
  deskOf,
  site,
}) => {
  const { page } = await deskOf(dana)
  const patients = await patientsOf(page, site, 14)
  const [first, ...rest] = patients
  const last = rest.pop()
  if (first === undefined || last === undefined) throw new Error('fourteen were begun')
  const ids = patients.map(({ id }) => id)
  await page.clock.install()
  await page.goto(site.urls.host + outreachPath('conversations'))
  const { row, orderOf } = listOf(page)
  await expect(row(last.id)).toBeVisible()
  await textAs(site, last.phone, 'Good evening')
  await expect(row(last.id)).toContainText('Good evening', NEWS)

  // The clock goes on by itself as well: by the seconds that the texts need, at most fifteen.
  await page.mouse.move(600, 20)
  await page.clock.fastForward(90_000)
  await page.mouse.move(700, 20)
  await page.clock.fastForward(90_000)
  // So many, and from so far down, that it would be a jump, were anybody there.
  for (const { phone } of rest) await textAs(site, phone, 'Are you there?')
  for (const { id } of rest) await expect(row(id)).toContainText('Are you there?', NEWS)
  expect(await orderOf(ids)).toEqual(ids)
  await page.clock.fastForward(30_000)
  await expect.poll(async () => (await orderOf(ids)).slice(-2)).toEqual([last.id, first.id])
})

test('in a long list that is scrolled nothing moves, neither by news nor by what one does above', async ({
  deskOf,
  site,
}) => {
  const { page } = await deskOf(dana)
  const [, own, other] = await patientsOf(page, site, 3)
  if (own === undefined || other === undefined) throw new Error('three were begun')
  await lengthenList(page)
  await page.goto(site.urls.host + outreachPath('conversations', own.id))
  const { row, rows, places, updates } = listOf(page)
  await expect(threadOf(page).message).toBeEditable()
  // Those in the window; which rows beyond it are drawn is nobody's business.
  const seen = async () => new Map((await places()).filter(([, top]) => top > 200 && top < 800))
  await expect(rows).toHaveCount(FIRST_ROWS)
  // Near to the end: the second page comes, and with it what draws only the rows on the screen.
  await scrollTo(rows, 5500)
  const before = await seen()
  expect(before.size).toBeGreaterThan(3)
  await expect(row(own.id)).toHaveCount(0)
  await expect.poll(seen).toEqual(before)
  await textAs(site, other.phone, 'Far above')
  await expect(updates).toBeVisible(NEWS)
  expect(await seen()).toEqual(before)
  await page.keyboard.press('e')
  await expect(page.getByText('The conversation is archived')).toBeVisible()
  await expect.poll(seen).toEqual(before)

  await updates.focus()
  await page.keyboard.press('Enter')
  await expect(row(other.id)).toBeVisible()
  await expect(page.locator('[aria-posinset="1"] a')).toBeFocused()
  await leaveLengthened(page)
})

test('a list that was long is drawn as before when it gets shorter: each way back could lose where one is', async ({
  deskOf,
  site,
}) => {
  const { page } = await deskOf(dana)
  const [own] = await patientsOf(page, site, 1)
  if (own === undefined) throw new Error('one was begun')
  await lengthenList(page, { real: (all) => all.filter(({ id }) => id === own.id), others: PLAIN_ROWS })
  await page.goto(site.urls.host + outreachPath('conversations', own.id))
  const { rows } = listOf(page)
  await expect(rows).toHaveCount(FIRST_ROWS)
  await scrollTo(rows, 5500)
  const drawn = page.locator('[data-index][aria-setsize]')
  const ofAll = (count: number) => page.locator(`[aria-setsize="${count}"]`)
  await expect(ofAll(PLAIN_ROWS + 1)).not.toHaveCount(0)
  await expect(drawn).not.toHaveCount(0)

  await threadOf(page).more.click()
  await page.getByRole('menuitem', { name: /^Archive/ }).click()
  await expect(ofAll(PLAIN_ROWS)).not.toHaveCount(0)
  await expect(drawn).not.toHaveCount(0)
  await leaveLengthened(page)
})

test('in a conversation that is scrolled up, neither a text nor a banner moves what is read', async ({
  begin,
  site,
}) => {
  const { page, id, phone, url, log, message } = await begin(dana)
  for (let count = 1; count <= 30; count += 1) await textAs(site, phone, `Line ${count} of a story`)
  await expect.poll(async () => (await messagesOf(page, site.urls.host, id)).length, DELIVERED).toBe(30)
  await page.goto(url)
  await expect(message).toBeEditable()
  await log.evaluate((pane) => {
    pane.scrollTop = 400
  })
  const read = log.getByText(/^Line \d+ of a story$/).nth(12)
  await expect(read).toBeInViewport()
  const before = await read.boundingBox()
  await textAs(site, phone, 'please stop texting me')
  await expect(page.getByText('Did the patient ask you to stop?')).toBeVisible(NEWS)
  await expect(page.getByRole('button', { name: 'New message' })).toBeVisible()
  expect(await read.boundingBox()).toEqual(before)
})

/** How many conversations are unread, by the server. */
interface Inbox {
  readonly counts: { readonly unread: number }
  readonly pagination: { readonly total: number }
}

async function inboxOf(page: Page, site: SiteUnderTest): Promise<Inbox> {
  const response = await page.request.get(`${site.urls.host}${outreachApiPath('conversations')}?limit=1`)
  return (await response.json()) as Inbox
}

async function unreadOf(page: Page, site: SiteUnderTest): Promise<number> {
  return (await inboxOf(page, site)).counts.unread
}

/** The page behaves as in a tab that one has left. */
async function lookAway(page: Page): Promise<void> {
  await page.evaluate(() => {
    Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => 'hidden' })
    document.dispatchEvent(new Event('visibilitychange'))
  })
}

async function lookBack(page: Page): Promise<void> {
  await page.evaluate(() => {
    Reflect.deleteProperty(document, 'visibilityState')
    document.dispatchEvent(new Event('visibilitychange'))
  })
}

/** Rows of the first page of a list that was lengthened. */
const FIRST_ROWS = 80

/** What the list has of the conversations that there are, and how many others further down. */
interface Lengthened {
  readonly real: (data: readonly Listed[]) => readonly Listed[]
  readonly others: number
}

type Listed = Readonly<Record<string, unknown>>

/** The newest forty that there are, and 150 others. */
const LONG: Lengthened = { real: (data) => data.slice(0, 40), others: 150 }

/** Gives the list that many conversations, in two pages. */
async function lengthenList(page: Page, { real, others }: Lengthened = LONG): Promise<void> {
  await page.route('**/conversations?*', async (route) => {
    const response = await route.fetch({
      url: route
        .request()
        .url()
        .replace(/&cursor=more/, ''),
    })
    const answer = (await response.json()) as { data: Listed[]; pagination: object }
    const all = [
      ...real(answer.data),
      ...Array.from({ length: others }, (_, index) => ({
        ...answer.data[0],
        id: `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`,
        friendlyName: `Patient ${index}`,
        lastMessageAt: new Date(Date.UTC(2026, 0, 1) - index * 60_000).toISOString(),
        asOf: new Date(Date.UTC(2026, 0, 1)).toISOString(),
      })),
    ]
    const second = route.request().url().includes('cursor=more')
    const data = second ? all.slice(FIRST_ROWS) : all.slice(0, FIRST_ROWS)
    const pagination = {
      ...answer.pagination,
      ...{ total: all.length, hasMore: !second, nextCursor: second ? null : 'more' },
    }
    await route.fulfill({ response, json: { ...answer, data, pagination } })
  })
}

/** The list may just be asked for once more, and the server knows no such second page. */
async function leaveLengthened(page: Page): Promise<void> {
  await page.goto('about:blank')
  await page.unrouteAll({ behavior: 'ignoreErrors' })
}

async function scrollTo(rows: Locator, top: number): Promise<void> {
  await rows.first().evaluate((first, scrollTop) => {
    const list = first.closest('ul')?.parentElement
    if (list) list.scrollTop = scrollTop
  }, top)
}
