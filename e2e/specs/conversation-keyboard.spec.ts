import type { Locator, Page } from '@playwright/test'
import type { Conversation } from '@sax/api-contract'
import { hostPath, outreachApiPath, outreachPath } from '@sax/topology'
import { barriers, excludesNobody } from '../site/accessibility.ts'
import { uniqueName } from '../site/canary.ts'
import { expect, test } from '../site/conversation-test.ts'
import { beginConversation, messagesOf, NEWS, newPhone, textAs } from '../site/conversations.ts'
import { pressUntilFocused, tabTo } from '../site/keyboard.ts'
import { dana, siobhan } from '../site/people.ts'
import { endSession, pick } from '../site/sign-in.ts'
import { storeTemplate } from '../site/templates.ts'

test('the whole work is done by keyboard alone', async ({ begin, site }) => {
  const friendlyName = uniqueName('By keyboard')
  const { page, id, phone, log, message, row } = await begin(dana, { friendlyName })
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
  await expect(row(id)).toContainText('It hisses', NEWS)
  await expect(message).toBeEditable()

  // Help, and out of it.
  await page.keyboard.press('?')
  const help = page.getByRole('dialog', { name: 'Keyboard and sending' })
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
  await pressUntilFocused(
    () => page.keyboard.type('Hand'),
    page.getByRole('menuitem', { name: 'Hand over with a word' }),
  )
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

test('keys that come faster than pages lead as far as they were pressed, and do nothing to what is left', async ({
  begin,
  site,
}) => {
  const name = uniqueName('In a hurry')
  const { page, message } = await begin(dana, { phone: newPhone(), friendlyName: `${name}, first` })
  for (const which of ['second', 'third']) {
    await beginConversation(page, site.urls.host, { phone: newPhone(), friendlyName: `${name}, ${which}` })
  }
  const rows = page.locator('[data-conversation]')
  const onlyThese = async () => {
    await page.getByRole('textbox', { name: 'Search conversations' }).fill(name)
    await expect(rows).toHaveCount(3)
  }
  const at = (which: string) => page.waitForURL((url) => url.pathname === outreachPath('conversations', which))
  await page.goto(site.urls.host + outreachPath('conversations'))
  await onlyThese()
  const [top, middle, bottom] = await fromTheTop(rows)
  await page.locator(`[data-conversation="${top}"]`).click()
  await at(top)
  await expect(message).toBeEditable()

  // Pages are held up for as long as keys are pressed.
  let letThrough = () => {}
  const holdPages = async () => {
    const through = new Promise<void>((resolve) => {
      letThrough = resolve
    })
    await page.unroute('**/_next/data/**')
    await page.route('**/_next/data/**', async (route) => {
      await through
      await route.continue()
    })
  }
  await page.getByRole('region', { name: 'Messages' }).focus()
  await holdPages()
  for (const key of ['j', 'j']) await page.keyboard.press(key)
  letThrough()
  await at(bottom)

  // Nothing is kept of the page in the middle, which may have come meanwhile.
  await page.reload()
  await onlyThese()
  await expect(message).toBeEditable()
  await page.getByRole('region', { name: 'Messages' }).focus()
  await holdPages()
  const asked = page.waitForRequest((request) => request.url().includes('/_next/data/'))
  await page.keyboard.press('k')
  await asked
  await page.keyboard.press('e')
  letThrough()
  await at(middle)
  await expect(message).toBeEditable()
  const statuses = Promise.all([top, middle, bottom].map((id) => statusOf(page, site.urls.host, id)))
  expect(await statuses).toEqual(['active', 'active', 'active'])

  await page.getByRole('region', { name: 'Messages' }).focus()
  await page.keyboard.press('e')
  await expect.poll(() => statusOf(page, site.urls.host, middle)).toBe('archived')
})

test('single keys are switched off and on by the one who does not want them, in both zones', async ({ open, site }) => {
  const { page, url, message, more } = await open(dana)
  const help = page.getByRole('dialog', { name: 'Keyboard and sending' })
  const begun = page.getByRole('dialog', { name: 'New conversation' })
  const singleKeys = help.getByRole('checkbox', { name: 'Single keys do something' })
  const search = page.getByRole('textbox', { name: 'Search conversations' })
  const pressAll = async () => {
    await page.getByRole('region', { name: 'Messages' }).focus()
    for (const key of ['n', '/', '.', 'u', 'e', 'r', 'j', 'k', '?']) await page.keyboard.press(key)
  }
  await page.getByRole('region', { name: 'Messages' }).focus()
  await page.keyboard.press('?')
  expect(await barriers(page)).toEqual([])
  await singleKeys.focus()
  await page.keyboard.press('Space')
  await expect(singleKeys).not.toBeChecked()
  await expect(help.getByText('Archive, or bring back')).toHaveCount(0)
  await page.keyboard.press('Escape')
  await expect(help).toHaveCount(0)
  for (const turn of ['at once', 'after a reload']) {
    if (turn === 'after a reload') await page.reload()
    await expect(message).toBeEditable()
    await expect(search).not.toHaveAttribute('aria-keyshortcuts')
    await pressAll()
    await expect(page.getByRole('region', { name: 'Messages' }), turn).toBeFocused()
    await expect(begun).toHaveCount(0)
    await expect(help).toHaveCount(0)
    expect(page.url()).toBe(url)
  }

  // The host's pages heed it too.
  const hostPages = [
    [hostPath(''), 'Find a patient'],
    [hostPath('patients'), 'Search patients'],
  ] as const
  for (const [path, label] of hostPages) {
    await page.goto(site.urls.host + path)
    const field = page.getByRole('textbox', { name: label })
    // Only a page that listens can show that it does not heed a key.
    await expect(async () => {
      await field.fill('')
      await field.fill('a')
      await expect(page.getByRole('button', { name: 'Clear search' })).toBeVisible({ timeout: 1000 })
    }).toPass()
    await field.blur()
    await expect(field).not.toHaveAttribute('aria-keyshortcuts')
    await page.keyboard.press('/')
    await expect(field, path).not.toBeFocused()
  }

  // The choice is one person's, whoever else uses the browser.
  for (const person of [siobhan, dana]) {
    await endSession(page)
    await page.goto(url)
    await pick(page, person)
    await page.waitForURL(url)
    await expect(message).toBeEditable()
    await page.getByRole('region', { name: 'Messages' }).focus()
    await page.keyboard.press('n')
    await expect(begun).toHaveCount(person === siobhan ? 1 : 0)
  }

  await more.click()
  await page.getByRole('menuitem', { name: 'Keyboard and sending' }).click()
  await singleKeys.check()
  await page.keyboard.press('Escape')
  await page.getByRole('region', { name: 'Messages' }).focus()
  await page.keyboard.press('n')
  await expect(begun).toBeVisible()

  for (const [path, label] of hostPages) {
    await page.goto(site.urls.host + path)
    const field = page.getByRole('textbox', { name: label })
    await expect(field).toHaveAttribute('aria-keyshortcuts', '/')
    await page.keyboard.press('/')
    await expect(field, path).toBeFocused()
  }
})

test('on a small screen one chooses that Enter sends', async ({ open, site }) => {
  const { page, id, message, more } = await open(dana)
  await page.setViewportSize({ width: 320, height: 640 })
  await more.click()
  await page.getByRole('menuitem', { name: 'Keyboard and sending' }).click()
  const help = page.getByRole('dialog', { name: 'Keyboard and sending' })
  await help.getByRole('checkbox', { name: 'Enter sends' }).check()
  await excludesNobody(page, 'the keyboard on a small screen')
  await help.getByRole('button', { name: 'Close' }).click()
  const text = uniqueName('By Enter')
  await message.fill(text)
  await page.keyboard.press('Enter')
  const bodies = async () => (await messagesOf(page, site.urls.host, id)).map(({ body }) => body)
  await expect.poll(bodies).toEqual([text])
})

test('Enter takes no template from a list that is no answer to what was typed', async ({ open, site }) => {
  const { page, message } = await open(dana)
  const stored = (name: string) =>
    storeTemplate(page, site.urls.host, {
      name: uniqueName(name),
      category: 'appointments',
      content: `Of ${name}.`,
      scope: 'private',
    })
  const [first, second] = [await stored('Early'), await stored('Late')]
  const field = page.getByRole('combobox', { name: 'Templates' })
  await page.getByRole('button', { name: 'Templates', exact: true }).click()
  await field.fill(first.name)
  await expect(page.getByRole('option')).toHaveText([new RegExp(first.name)])

  // What is asked next is answered when the test says so.
  const { promise: answered, resolve: answer } = Promise.withResolvers<void>()
  await page.route('**/templates?search=**', async (route) => {
    await answered
    await route.continue()
  })
  // Pasted, and Enter at once: nothing has been drawn in between.
  await field.evaluate((input, words) => {
    Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set?.call(input, words)
    input.dispatchEvent(new InputEvent('input', { bubbles: true }))
    input.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, cancelable: true }))
  }, second.name)
  await expect(page.getByRole('option', { name: first.name })).toBeDisabled()
  await page.keyboard.press('Enter')
  await expect(message).toHaveValue('')
  answer()
  await expect(page.getByRole('option')).toHaveText([new RegExp(second.name)])
  await page.keyboard.press('Enter')
  await expect(message).toHaveValue('Of Late.')
})

test('all emoji are one stop of the keyboard, and arrows lead from one to the next', async ({ open }) => {
  const { page, message } = await open(dana)
  await message.fill('Well done ')
  await page.getByRole('button', { name: 'Emoji' }).click()
  const picker = page.getByRole('dialog', { name: 'Emoji' })
  const search = picker.getByRole('textbox', { name: 'Search emoji' })
  const stops = picker.locator('[role=gridcell] [tabindex="0"]')
  await search.focus()
  await expect(stops).toHaveCount(1)
  await page.keyboard.press('Tab')
  await expect(picker.getByRole('button', { name: 'grinning face', exact: true })).toBeFocused()
  await page.keyboard.press('ArrowRight')
  await expect(picker.getByRole('button', { name: 'grinning face with big eyes', exact: true })).toBeFocused()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowUp')
  await page.keyboard.press('PageDown')
  await expect(picker.getByRole('button', { name: 'waving hand', exact: true })).toBeFocused()
  await expect(picker.getByRole('button', { name: 'waving hand', exact: true })).toBeInViewport()
  await expect(stops).toHaveCount(1)
  // One more stop leads out of it, one back to where one was.
  await page.keyboard.press('Tab')
  await expect(picker.locator('[role=gridcell] :focus')).toHaveCount(0)
  await search.focus()
  await page.keyboard.press('Tab')
  await expect(picker.getByRole('button', { name: 'waving hand', exact: true })).toBeFocused()

  await search.fill('grinning')
  await expect(picker.getByRole('grid')).toHaveCount(1)
  expect(await barriers(page)).toEqual([])
  await search.fill('clapping')
  await expect(picker.getByRole('gridcell')).toHaveCount(1)
  await page.keyboard.press('Tab')
  await page.keyboard.press('Tab')
  await expect(picker.getByRole('button', { name: 'clapping hands', exact: true })).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(message).toHaveValue('Well done 👏')
  await expect(message).toBeFocused()
})

/** Ids of the three rows, as they stand below one another. */
async function fromTheTop(rows: Locator): Promise<readonly [string, string, string]> {
  const ids = await rows.evaluateAll((elements) =>
    elements
      .toSorted((one, other) => one.getBoundingClientRect().top - other.getBoundingClientRect().top)
      .map((element) => element.getAttribute('data-conversation') ?? ''),
  )
  const [first = '', second = '', third = ''] = ids
  return [first, second, third]
}

async function conversationOf(page: Page, hostUrl: string, id: string): Promise<Conversation> {
  const response = await page.request.get(hostUrl + outreachApiPath('conversations', id))
  const { data } = (await response.json()) as { data: { conversation: Conversation } }
  return data.conversation
}

const statusOf = async (page: Page, hostUrl: string, id: string) => (await conversationOf(page, hostUrl, id)).status

/** Whom the server has as the one who is writing an answer; null: nobody. */
const claimantOf = async (page: Page, hostUrl: string, id: string) =>
  (await conversationOf(page, hostUrl, id)).claim?.saxId ?? null
