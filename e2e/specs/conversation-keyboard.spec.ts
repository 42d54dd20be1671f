import type { Page } from '@playwright/test'
import { outreachApiPath, outreachPath } from '@sax/topology'
import { uniqueName } from '../site/canary.ts'
import { expect, test } from '../site/conversation-test.ts'
import { beginConversation, messagesOf, NEWS, newPhone, textAs } from '../site/conversations.ts'
import { tabTo } from '../site/keyboard.ts'
import { dana, siobhan } from '../site/people.ts'
import { storeTemplate } from '../site/templates.ts'

test('the whole work is done by keyboard alone', async ({ begin, site }) => {
  test.setTimeout(150_000)
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

/** Whom the server has as the one who is writing an answer; null: nobody. */
async function claimantOf(page: Page, hostUrl: string, id: string): Promise<number | null> {
  const response = await page.request.get(hostUrl + outreachApiPath('conversations', id))
  const { data } = (await response.json()) as { data: { conversation: { claim: { saxId: number } | null } } }
  return data.conversation.claim?.saxId ?? null
}
