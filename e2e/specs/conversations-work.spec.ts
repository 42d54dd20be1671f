import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { outreachApiPath, outreachPath } from '@sax/topology'
import { uniqueName } from '../site/canary.ts'
import { beginConversation, messagesOf, newPhone, receivedBy, textAs, threadOf } from '../site/conversations.ts'
import { tabTo } from '../site/keyboard.ts'
import { dana, siobhan } from '../site/people.ts'
import { pick } from '../site/sign-in.ts'
import { storeTemplate } from '../site/templates.ts'
import { expect, test } from '../site/test.ts'
import { write } from '../site/write.ts'

const WCAG = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']
/** The worker's and the carrier's own pace, on a busy machine. */
const DELIVERED = { timeout: 30_000 }
/** Two questions for news and a slow machine. */
const NEWS = { timeout: 10_000 }
/** A number of the carrier's to which nothing is delivered, with the error number 30005. */
const NOT_IN_USE = '+13035550105'

test('the same draft in two tabs is one draft: what one writes stands in the other, and is sent once', async ({
  deskOf,
  site,
}) => {
  const { context, page } = await deskOf(dana)
  const { id } = await beginConversation(page, site.urls.host, { phone: newPhone() })
  const path = site.urls.host + outreachPath('conversations', id)
  const other = await context.newPage()
  await page.goto(path)
  await other.goto(path)
  const [mine, theirs] = [threadOf(page), threadOf(other)]
  const text = uniqueName('Begun here')
  await expect(theirs.message).toBeEditable()
  await mine.message.fill(text)
  await expect(theirs.message).toHaveValue(text)
  await theirs.message.fill(`${text}, ended there`)
  await expect(mine.message).toHaveValue(`${text}, ended there`)
  await mine.sendAtOnce()
  await expect(theirs.message).toHaveValue('')
  await expect(theirs.log.getByText(`${text}, ended there`)).toBeVisible(NEWS)
  await expect(mine.log.getByText(`${text}, ended there`)).toHaveCount(1)
  // Its bubble is there before the message is stored.
  const stored = async () => (await messagesOf(page, site.urls.host, id)).map(({ body }) => body)
  await expect.poll(stored).toEqual([`${text}, ended there`])
  await expect(mine.log.getByText('Delivered')).toBeVisible(DELIVERED)
  expect(await stored()).toEqual([`${text}, ended there`])
})

test('after "please stop texting me" nothing goes until a person has decided, for and against', async ({
  deskOf,
  site,
}) => {
  const { page } = await deskOf(dana)
  const phone = newPhone()
  const { id } = await beginConversation(page, site.urls.host, { phone })
  await page.goto(site.urls.host + outreachPath('conversations', id))
  const { log, message, row, sendAtOnce } = threadOf(page)
  await expect(message).toBeEditable()
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

test('what the carrier cannot deliver says why in plain words, and what to do next', async ({ deskOf, site }) => {
  const { page } = await deskOf(dana)
  const opened = await page.request.post(
    site.urls.host + outreachApiPath('conversations'),
    write({ phone: NOT_IN_USE, friendlyName: 'Not in use' }),
  )
  const { data } = (await opened.json()) as { data: { id: string } }
  await page.goto(site.urls.host + outreachPath('conversations', data.id))
  const { log, message, sendAtOnce } = threadOf(page)
  await message.fill(uniqueName('Into the void'))
  await sendAtOnce()
  await expect(log.getByText('The number is not in use. Check the number with the patient.')).toBeVisible(DELIVERED)
  // The carrier has it: the same message is never sent twice.
  await expect(log.getByRole('button', { name: 'Send again' })).toHaveCount(0)
})

for (const name of ["Maeve O'Brien", 'José Núñez', '李 小龙', '<b>x</b> Markup']) {
  test(`${name} is called so in the list, the conversation, the search and a template`, async ({ deskOf, site }) => {
    const { page } = await deskOf(dana)
    const friendlyName = uniqueName(name)
    const { id } = await beginConversation(page, site.urls.host, { phone: newPhone(), friendlyName })
    const template = await storeTemplate(page, site.urls.host, {
      name: uniqueName(`For ${name}`),
      category: 'appointments',
      content: `Good day ${name}, see you then`,
      scope: 'private',
    })
    await page.goto(site.urls.host + outreachPath('conversations'))
    const { log, message, row, sendAtOnce } = threadOf(page)
    await page.getByRole('textbox', { name: 'Search conversations' }).fill(friendlyName)
    await expect(page.locator('[data-conversation]')).toHaveCount(1)
    await expect(row(id)).toContainText(friendlyName)
    await row(id).click()
    await expect(page.getByRole('heading', { level: 2, name: friendlyName })).toBeVisible()

    await page.getByRole('button', { name: 'Templates', exact: true }).click()
    await page.getByRole('combobox', { name: 'Templates' }).fill(template.name)
    await page.getByRole('option', { name: template.name }).click()
    await expect(message).toHaveValue(`Good day ${name}, see you then`)
    await sendAtOnce()
    await expect(log.getByText(`Good day ${name}, see you then`)).toBeVisible()
    // A tag in a name is letters: it makes nothing bold.
    await expect(page.locator('main b')).toHaveCount(0)
  })
}

test('the whole work is done by keyboard alone', async ({ deskOf, site }) => {
  test.setTimeout(150_000)
  const { page } = await deskOf(dana)
  const phone = newPhone()
  const friendlyName = uniqueName('By keyboard')
  const { id } = await beginConversation(page, site.urls.host, { phone, friendlyName })
  const { id: other } = await beginConversation(page, site.urls.host, { phone: newPhone() })
  // One after the other: the carrier may tell of two at once in either order.
  for (const text of ['Is it the right mask?', 'It hisses']) {
    await textAs(site, phone, text)
    const bodies = async () => (await messagesOf(page, site.urls.host, id)).map(({ body }) => body)
    await expect.poll(bodies).toContain(text)
  }
  const template = await storeTemplate(page, site.urls.host, {
    name: uniqueName('Keys'),
    category: 'appointments',
    content: 'Good morning from the keyboard.',
    scope: 'private',
  })
  await page.goto(site.urls.host + outreachPath('conversations', other))
  const { log, message, row } = threadOf(page)
  await expect(row(id)).toContainText('It hisses', NEWS)
  await expect(message).toBeEditable()

  // Help, and out of it.
  await page.keyboard.press('?')
  const help = page.getByRole('dialog', { name: 'Keyboard' })
  await expect(help).toBeVisible()
  await expect(help.getByText('Archive, or bring back')).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(help).toHaveCount(0)

  // To the conversation by search, then into it, and up and down the list.
  await page.keyboard.press('/')
  await expect(page.getByRole('textbox', { name: 'Search conversations' })).toBeFocused()
  await page.keyboard.type(friendlyName)
  await expect(page.locator('[data-conversation]')).toHaveCount(1)
  await tabTo(page, row(id))
  await page.keyboard.press('Enter')
  await page.waitForURL((url) => url.pathname === outreachPath('conversations', id))
  await expect(log.getByText('It hisses')).toBeVisible()
  await page.keyboard.press('/')
  await page.keyboard.press('Escape')
  await expect(row(other)).toBeVisible()
  await tabTo(page, row(id))
  await page.keyboard.press('j')
  await page.waitForURL((url) => url.pathname !== outreachPath('conversations', id))
  await page.keyboard.press('k')
  await page.waitForURL((url) => url.pathname === outreachPath('conversations', id))
  await expect(row(id)).not.toContainText('unread', NEWS)

  // An answer from a template; writing it claims the conversation.
  await page.keyboard.press('r')
  await expect(message).toBeFocused()
  await tabTo(page, page.getByRole('button', { name: 'Templates', exact: true }))
  await page.keyboard.press('Enter')
  await expect(page.getByRole('combobox', { name: 'Templates' })).toBeFocused()
  await page.keyboard.type(template.name)
  await expect(page.getByRole('option')).toHaveCount(1)
  await page.keyboard.press('Enter')
  await expect(message).toHaveValue('Good morning from the keyboard.')
  await expect(message).toBeFocused()
  await page.keyboard.type(' Yes, it is.')
  await expect.poll(() => claimantOf(page, site.urls.host, id)).toBe(dana.saxId)
  const now = page.getByRole('button', { name: 'Send now' })
  await tabTo(page, (await now.count()) > 0 ? now : page.getByRole('button', { name: 'Send', exact: true }))
  await page.keyboard.press('Enter')
  await expect(log.getByText('Good morning from the keyboard. Yes, it is.')).toBeVisible()
  await expect(message).toBeFocused()
  await expect.poll(() => claimantOf(page, site.urls.host, id)).toBeNull()

  // A note.
  await tabTo(page, page.getByRole('button', { name: 'Note', exact: true }), 'backwards')
  await page.keyboard.press('Enter')
  const note = page.getByRole('textbox', { name: 'Note for colleagues' })
  await tabTo(page, note)
  const word = uniqueName('Call her')
  await page.keyboard.type(word)
  await page.keyboard.press('Control+Enter')
  await expect(log.getByText(word)).toBeVisible()

  // Handing over, from the menu of the head.
  const assigned = page.getByRole('button', { name: 'Unassigned' })
  await tabTo(page, assigned, 'backwards')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('menuitemradio').first()).toBeFocused()
  await page.keyboard.type('Hand')
  await expect(page.getByRole('menuitem', { name: 'Hand over with a word' })).toBeFocused()
  await page.keyboard.press('Enter')
  const to = page.getByRole('combobox', { name: 'To' })
  await expect(to).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(page.locator('[role=option]:focus')).toHaveCount(1)
  await page.keyboard.type(siobhan.name.slice(0, 4))
  await expect(page.getByRole('option', { name: siobhan.name })).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(to).toContainText(siobhan.name)
  await tabTo(page, page.getByRole('dialog').getByRole('button', { name: 'Hand over' }))
  await page.keyboard.press('Enter')
  await expect(page.getByRole('button', { name: `Assigned to ${siobhan.name}` })).toBeFocused()

  // Away with it, and back by the notice.
  await page.keyboard.press('e')
  await expect(row(id)).toHaveCount(0)
  await page.keyboard.press('Alt+t')
  await tabTo(page, page.getByRole('button', { name: 'Undo' }))
  await page.keyboard.press('Enter')
  await expect(row(id)).toBeVisible()
})

test('whatever is open excludes nobody, in light and dark and in every width', async ({ deskOf, site }) => {
  test.setTimeout(240_000)
  const { page } = await deskOf(dana)
  const phone = newPhone()
  const { id: held } = await beginConversation(page, site.urls.host, { phone, friendlyName: uniqueName('Held') })
  const { id: open } = await beginConversation(page, site.urls.host, { phone: newPhone() })
  await page.request.post(
    site.urls.host + outreachApiPath('conversations', held, 'notes'),
    write({ body: 'A note for colleagues' }),
  )
  await textAs(site, phone, 'please stop texting me')
  const { message } = threadOf(page)
  const press = (name: string) => page.getByRole('button', { name, exact: true }).last().click()
  const states: readonly (readonly [what: string, id: string, show: () => Promise<void>])[] = [
    ['a held conversation', held, () => expect(page.getByText('Did the patient ask you to stop?')).toBeVisible(NEWS)],
    ['its menu', held, () => press('More')],
    ['handing over', held, () => handOver(page)],
    ['the help sheet', held, () => page.keyboard.press('?')],
    ['a message with a variable', open, () => message.fill('Dear {{firstName}} 🙂')],
    ['templates', open, () => press('Templates')],
    ['emoji', open, () => press('Emoji')],
  ]
  for (const width of [320, 768, 1440]) {
    await page.setViewportSize({ width, height: 900 })
    for (const [index, [what, id, show]] of states.entries()) {
      // Between the narrowest and the widest only what is part of the page may differ.
      if (width === 768 && index % 4 !== 0) continue
      await page.goto(site.urls.host + outreachPath('conversations', id))
      await expect(message).toBeVisible()
      await show()
      await expect(page.locator('[aria-busy="true"]:visible')).toHaveCount(0)
      await excludesNobody(page, `${what} at ${width} px`)
    }
  }
  for (const width of [320, 1440]) {
    await page.setViewportSize({ width, height: 900 })
    await page.goto(site.urls.host + outreachPath('conversations'))
    await expect(page.locator('[aria-busy="true"]:visible')).toHaveCount(0)
    await page.getByRole('button', { name: 'New', exact: true }).click()
    await expect(page.getByRole('dialog', { name: 'New conversation' })).toBeVisible()
    await excludesNobody(page, `a new conversation at ${width} px`)
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: 'More', exact: true }).first().click()
    await expect(page.getByRole('menuitemradio').first()).toBeVisible()
    await excludesNobody(page, `the list's menu at ${width} px`)
  }
})

test.describe('what goes wrong', () => {
  test.use({ browserErrors: 'expected' })

  // What the patient texts brings banners and takes them away again, and they move what is below them.
  test('a message that was given up is sent again by a person, and arrives once', async ({ deskOf, site }) => {
    const { page } = await deskOf(dana)
    const phone = newPhone()
    const { id } = await beginConversation(page, site.urls.host, { phone })
    await page.goto(site.urls.host + outreachPath('conversations', id))
    const { log, message } = threadOf(page)
    await expect(message).toBeEditable()
    // It waits for its hour when the patient says stop, so that the worker gives it up.
    const text = uniqueName('See you on Tuesday')
    const scheduledFor = new Date(Date.now() + 6000).toISOString()
    const stored = await page.request.post(
      site.urls.host + outreachApiPath('conversations', id, 'messages'),
      write({ clientId: crypto.randomUUID(), body: text, seenSeq: 0, scheduledFor }),
    )
    expect(stored.status()).toBe(201)
    await textAs(site, phone, 'STOP')
    await expect(log.getByText('The patient has said STOP.')).toBeVisible(DELIVERED)
    expect(await receivedBy(site, phone)).not.toContain(text)
    await textAs(site, phone, 'START')
    await expect(message).toBeEditable(NEWS)
    await log.getByRole('button', { name: 'Send again' }).click()
    // Not "Not delivered".
    await expect(log.getByText(/Delivered/)).toBeVisible(DELIVERED)
    expect((await receivedBy(site, phone)).filter((one) => one === text)).toEqual([text])
  })

  test('a session that ends in mid-draft keeps the draft, and what was sent off goes once after sign-in', async ({
    deskOf,
    site,
  }) => {
    const { context, page } = await deskOf(dana)
    const phone = newPhone()
    const { id } = await beginConversation(page, site.urls.host, { phone })
    await page.goto(site.urls.host + outreachPath('conversations', id))
    const { log, message, sendAtOnce } = threadOf(page)
    const text = uniqueName('Half a')
    await message.fill(text)
    await context.clearCookies()
    // News is refused, and the page says so by itself.
    const dialog = page.getByRole('dialog', { name: 'Your session ended' })
    await expect(dialog).toBeVisible({ timeout: 40_000 })
    await dialog.getByRole('button', { name: 'Not now' }).click()
    await expect(message).toHaveValue(text)
    await message.fill(`${text} thought`)

    // Signed out, a reload leads to sign-in; back on the page the draft is there.
    await page.reload()
    await pick(page, dana)
    await page.waitForURL((url) => url.pathname === outreachPath('conversations', id))
    await expect(message).toHaveValue(`${text} thought`)

    await context.clearCookies()
    await sendAtOnce()
    await expect(dialog).toBeVisible()
    const popup = page.waitForEvent('popup')
    await dialog.getByRole('button', { name: 'Sign in again' }).click()
    await pick(await popup, dana)
    await expect(dialog).toHaveCount(0)
    await expect(log.getByText('Delivered')).toBeVisible(DELIVERED)
    await expect(log.getByText(`${text} thought`)).toHaveCount(1)
    expect((await messagesOf(page, site.urls.host, id)).map(({ body }) => body)).toEqual([`${text} thought`])
    expect(await receivedBy(site, phone)).toEqual([`${text} thought`])
  })

  test('A1, A2: a network that goes while a message is on its way loses nothing and sends nothing twice', async ({
    deskOf,
    site,
  }) => {
    const { context, page } = await deskOf(dana)
    const phone = newPhone()
    const { id } = await beginConversation(page, site.urls.host, { phone })
    await page.goto(site.urls.host + outreachPath('conversations', id))
    const { log, message, sendAtOnce } = threadOf(page)
    await expect(message).toBeEditable()
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

async function handOver(page: Page): Promise<void> {
  await page.getByRole('button', { name: /Unassigned|Assigned to/ }).click()
  await page.getByRole('menuitem', { name: 'Hand over with a word' }).click()
  await expect(page.getByRole('dialog', { name: 'Hand over' })).toBeVisible()
}

/** Whom the server has as the one who is writing an answer; null: nobody. */
async function claimantOf(page: Page, hostUrl: string, id: string): Promise<number | null> {
  const response = await page.request.get(hostUrl + outreachApiPath('conversations', id))
  const { data } = (await response.json()) as { data: { conversation: { claim: { saxId: number } | null } } }
  return data.conversation.claim?.saxId ?? null
}

async function excludesNobody(page: Page, where: string): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    const { violations } = await new AxeBuilder({ page }).withTags(WCAG).analyze()
    expect
      .soft(
        violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`),
        `${where}, ${colorScheme}`,
      )
      .toEqual([])
  }
  const overflow = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  )
  expect.soft(overflow, `sideways: ${where}`).toBeLessThanOrEqual(0)
}
