import type { Page } from '@playwright/test'
import { hostPath, outreachApiPath, outreachPath } from '@sax/topology'
import { excludesNobody } from '../site/accessibility.ts'
import { uniqueName } from '../site/canary.ts'
import { beginConversation, messagesOf, newPhone, receivedBy, threadOf } from '../site/conversations.ts'
import { dana, siobhan } from '../site/people.ts'
import { endSession, pick, signIn } from '../site/sign-in.ts'
import type { SiteUnderTest } from '../site/site-under-test.ts'
import { editorOf } from '../site/templates.ts'
import { expect, test } from '../site/test.ts'

/** The question that signing out leads to, and the page that is left when it was answered. */
function leavingOf(page: Page) {
  const dialog = page.getByRole('dialog', { name: 'Not everything was sent or saved' })
  return {
    dialog,
    signOut: async () => {
      await page.getByRole('button', { name: /^Account: / }).click()
      await page.getByRole('menuitem', { name: 'Sign out' }).click()
    },
    stay: dialog.getByRole('button', { name: 'Stay signed in' }),
    remove: dialog.getByRole('button', { name: 'Sign out and remove' }),
    closed: page.getByRole('heading', { name: 'You signed out' }),
  }
}

/** Where the identity provider asks who it is. */
const pickerOf = (site: SiteUnderTest) => (url: URL) =>
  url.origin === new URL(site.urls.identityProvider).origin && url.pathname.startsWith('/pick/')

/** Keys under which words of people lie in this browser. */
const writingIn = (page: Page) =>
  page.evaluate(() => Object.keys(localStorage).filter((key) => /^outreach-(message|draft|outgoing):/.test(key)))

test('who signs out is told what was not sent, and takes it all along: here, in other tabs, in both zones', async ({
  deskOf,
  site,
}) => {
  const { context, page } = await deskOf(undefined)
  await signIn(page, site.urls.host, dana)
  const { id } = await beginConversation(page, site.urls.host, { phone: newPhone() })
  const threadUrl = site.urls.host + outreachPath('conversations', id)
  const newTemplateUrl = site.urls.host + outreachPath('templates', 'new')
  const text = uniqueName('Half a thought')

  const thread = await context.newPage()
  await thread.goto(threadUrl)
  await threadOf(thread).message.fill(text)
  const editor = await context.newPage()
  await editor.goto(newTemplateUrl)
  await editorOf(editor).name.fill(text)
  await editorOf(editor).message.fill('Hello {{firstName}}')
  await expect.poll(() => writingIn(editor)).toHaveLength(2)

  // The host does not write, and asks all the same.
  await page.goto(site.urls.host + hostPath(''))
  const { dialog, signOut, stay, remove } = leavingOf(page)
  await signOut()
  await expect(dialog).toContainText('2 drafts are on this computer. Signing out removes them.')
  await expect(stay).toBeFocused()
  for (const width of [1440, 320]) {
    await page.setViewportSize({ width, height: 800 })
    await excludesNobody(page, `the question at ${width} px`)
  }
  await page.emulateMedia({ colorScheme: null })
  await stay.click()
  await expect(dialog).toHaveCount(0)
  await expect(page.getByRole('button', { name: /^Account: / })).toBeFocused()
  await thread.reload()
  await expect(threadOf(thread).message).toHaveValue(text)
  await expect(editorOf(editor).name).toHaveValue(text)

  // By the keyboard.
  await page.keyboard.press('Enter')
  // It is there before it has the focus.
  await expect(page.getByRole('menu').locator(':focus')).toHaveCount(1)
  await page.keyboard.press('End')
  await expect(page.getByRole('menuitem', { name: 'Sign out' })).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(stay).toBeFocused()
  await page.keyboard.press('Tab')
  await expect(remove).toBeFocused()
  await page.keyboard.press('Enter')
  await page.waitForURL(pickerOf(site))
  for (const tab of [thread, editor]) {
    await expect(leavingOf(tab).closed).toBeVisible()
    await expect(tab.getByText(text)).toHaveCount(0)
  }
  await excludesNobody(editor, 'the page in the place of one that was open')
  expect(await writingIn(editor)).toEqual([])

  // Somebody else at the same computer finds nothing, and the first one neither.
  for (const person of [siobhan, dana]) {
    await endSession(page)
    await signIn(page, site.urls.host, person, outreachPath('templates', 'new'))
    await expect(editorOf(page).name).toHaveValue('')
    await page.goto(threadUrl)
    await expect(threadOf(page).message).toHaveValue('')
    expect(await writingIn(page)).toEqual([])
  }
})

test('another person who signs in at the same computer sees no draft of the first one, and cannot remove it', async ({
  deskOf,
  site,
}) => {
  const { page } = await deskOf(undefined)
  await signIn(page, site.urls.host, dana)
  const { id } = await beginConversation(page, site.urls.host, { phone: newPhone() })
  const url = site.urls.host + outreachPath('conversations', id)
  const text = uniqueName('Of the first person')
  const { message } = threadOf(page)
  await page.goto(url)
  await message.fill(text)
  // Her session ended by itself: what she wrote waits for her.
  await endSession(page)
  await page.goto(url)
  await pick(page, siobhan)
  await page.waitForURL(url)
  await expect(message).toBeEditable()
  await expect(message).toHaveValue('')
  await expect(page.getByText(text)).toHaveCount(0)
  await leavingOf(page).signOut()
  await page.waitForURL(pickerOf(site))
  await signIn(page, site.urls.host, dana, outreachPath('conversations', id))
  await expect(message).toHaveValue(text)
})

test('what is a week old is gone when the page loads, and nothing of it is sent', async ({ deskOf, site }) => {
  const { page } = await deskOf(dana)
  const { id } = await beginConversation(page, site.urls.host, { phone: newPhone() })
  const owner = `${dana.saxId}:${dana.practiceId}`
  const [old, young] = [uniqueName('Of last week'), uniqueName('Of today')]
  await page.goto(site.urls.host + hostPath(''))
  await page.evaluate(
    ([who, conversationId, oldText, youngText]) => {
      const weekAgoMs = Date.now() - 7 * 24 * 3_600_000
      const put = (key: string, value: unknown) => localStorage.setItem(key, JSON.stringify(value))
      put(`outreach-message:${who}:${conversationId}`, { text: oldText, keptAtMs: weekAgoMs })
      // A release from before wrote no time.
      put(`outreach-message:${who}:${conversationId}:note`, { text: youngText })
      put(`outreach-message:999:p:k`, { text: oldText, keptAtMs: weekAgoMs })
      put(`outreach-outgoing:${who}`, [
        { clientId: crypto.randomUUID(), conversationId, body: oldText, seenSeq: 0, writtenAtMs: weekAgoMs },
      ])
    },
    [owner, id, old, young] as const,
  )
  await page.goto(site.urls.host + outreachPath('conversations', id))
  const { message, log } = threadOf(page)
  await expect(message).toBeEditable()
  await expect(message).toHaveValue('')
  await expect(log.getByText(old)).toHaveCount(0)
  expect(await writingIn(page)).toEqual([`outreach-message:${owner}:${id}:note`])
  expect(await messagesOf(page, site.urls.host, id)).toEqual([])
})

test.describe('what goes wrong', () => {
  test.use({ browserErrors: 'expected' })

  test('a message that no server has counts as not sent, and who signs out takes it along', async ({
    deskOf,
    site,
  }) => {
    const { context, page } = await deskOf(undefined)
    await signIn(page, site.urls.host, dana)
    const phone = newPhone()
    const { id } = await beginConversation(page, site.urls.host, { phone })
    const url = site.urls.host + outreachPath('conversations', id)
    const sending = `**${outreachApiPath('conversations', id, 'messages')}`
    await context.route(sending, async (route) =>
      route.request().method() === 'POST' ? route.abort('connectionfailed') : route.fallback(),
    )
    await page.goto(url)
    const { message, sendAtOnce, log } = threadOf(page)
    const text = uniqueName('Not sent')
    await message.fill(text)
    await sendAtOnce()
    await expect(log.getByText(text)).toBeVisible()
    // Both tabs try to send it, again and again.
    const other = await context.newPage()
    await other.goto(url)
    await expect(threadOf(other).log.getByText(text)).toBeVisible()

    const { dialog, signOut, remove } = leavingOf(page)
    await signOut()
    await expect(dialog).toContainText('1 message that was not sent is on this computer. Signing out removes it.')
    await remove.click()
    await page.waitForURL(pickerOf(site))
    await expect(leavingOf(other).closed).toBeVisible()

    // She comes back, and so does the way to the server.
    await context.unroute(sending)
    await signIn(page, site.urls.host, dana, outreachPath('conversations', id))
    await expect(message).toBeEditable()
    const last = uniqueName('Sent')
    await message.fill(last)
    await sendAtOnce()
    await expect.poll(() => receivedBy(site, phone), { timeout: 30_000 }).toEqual([last])
    expect((await messagesOf(page, site.urls.host, id)).map(({ body }) => body)).toEqual([last])
    // A patient may have it before the page has heard that the server has.
    await expect.poll(() => writingIn(other)).toEqual([])
  })

  test('a first message that is under way is a draft still, and is not written down again when nobody answers', async ({
    deskOf,
    site,
  }) => {
    const { context, page } = await deskOf(undefined)
    await signIn(page, site.urls.host, dana)
    const writing = await context.newPage()
    const asked = Promise.withResolvers<void>()
    // Whatever it asks first, it waits for an answer.
    await writing.route(`**${outreachApiPath('conversations')}{,/check-duplicate}`, async (route) =>
      route.request().method() === 'POST' ? asked.resolve() : route.fallback(),
    )
    await writing.goto(site.urls.host + outreachPath('conversations'))
    await writing.getByRole('button', { name: 'New', exact: true }).click()
    const begun = writing.getByRole('dialog', { name: 'New conversation' })
    await begun.getByRole('textbox', { name: /telephone number/ }).fill(newPhone().slice(2))
    await begun.getByRole('textbox', { name: /First message/ }).fill(uniqueName('Hello'))
    await begun.getByRole('button', { name: 'Send', exact: true }).click()
    await asked.promise

    const { dialog, signOut, remove } = leavingOf(page)
    await signOut()
    await expect(dialog).toContainText('1 draft is on this computer. Signing out removes it.')
    await remove.click()
    await page.waitForURL(pickerOf(site))
    await expect(leavingOf(writing).closed).toBeVisible()
    expect(await writingIn(writing)).toEqual([])
  })

  test('a message that gets there while the question is open is not counted any more', async ({ deskOf, site }) => {
    const { page } = await deskOf(undefined)
    await signIn(page, site.urls.host, dana)
    const { id } = await beginConversation(page, site.urls.host, { phone: newPhone() })
    const open = Promise.withResolvers<void>()
    await page.route(`**${outreachApiPath('conversations', id, 'messages')}`, async (route) => {
      if (route.request().method() === 'POST') await open.promise
      await route.fallback()
    })
    await page.goto(site.urls.host + outreachPath('conversations', id))
    const { message, sendAtOnce, log } = threadOf(page)
    const text = uniqueName('Just in time')
    await message.fill(text)
    await sendAtOnce()
    await expect(log.getByText(text)).toBeVisible()
    const { dialog, signOut } = leavingOf(page)
    await signOut()
    await expect(dialog).toContainText('1 message that was not sent')
    open.resolve()
    const settled = page.getByRole('dialog', { name: 'Sign out' })
    await expect(settled).toContainText('Nothing is left that was not sent.')
    expect((await messagesOf(page, site.urls.host, id)).map(({ body }) => body)).toEqual([text])
    await settled.getByRole('button', { name: 'Sign out' }).click()
    await page.waitForURL(pickerOf(site))
  })
})
