import type { Page } from '@playwright/test'
import { outreachApiPath, outreachPath } from '@sax/topology'
import { excludesNobody } from '../site/accessibility.ts'
import { uniqueName } from '../site/canary.ts'
import { expect, test } from '../site/conversation-test.ts'
import { beginConversation, NEWS, newPhone, textAs, threadOf } from '../site/conversations.ts'
import { dana } from '../site/people.ts'
import { write } from '../site/write.ts'

test('the list and a conversation exclude nobody, in light and dark and in every width', async ({ begin, site }) => {
  const { page, id } = await begin(dana, { firstMessage: { clientId: crypto.randomUUID(), body: 'Good morning' } })
  for (const path of [outreachPath('conversations'), outreachPath('conversations', id)]) {
    for (const width of [320, 768, 1440]) {
      // A window that is made larger moves what is in it, which is no fault of the page.
      await page.goto('about:blank')
      await page.setViewportSize({ width, height: 900 })
      await page.goto(site.urls.host + path)
      await expect(page.locator('[aria-busy="true"]:visible')).toHaveCount(0)
      await excludesNobody(page, `${path} at ${width} px`)
      const taller = await page.evaluate(() => document.documentElement.scrollHeight - window.innerHeight)
      expect.soft(taller, `the page itself scrolls at ${width} px`).toBeLessThanOrEqual(0)
    }
  }
})

for (const width of [320, 768, 1440]) {
  test(`whatever is open excludes nobody at ${width} px, in light and dark`, async ({ deskOf, site }) => {
    // Each state is judged in light and dark.
    test.setTimeout(600_000)
    const { page } = await deskOf(dana)
    await page.setViewportSize({ width, height: 900 })
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
    // Between the narrowest and the widest only what is part of the page may differ.
    const between = width === 768
    for (const [what, id, show] of between ? states.filter((_, index) => index % 4 === 0) : states) {
      await page.goto(site.urls.host + outreachPath('conversations', id))
      await expect(message).toBeVisible()
      await show()
      await expect(page.locator('[aria-busy="true"]:visible')).toHaveCount(0)
      await excludesNobody(page, what)
    }
    if (between) return
    await page.goto(site.urls.host + outreachPath('conversations'))
    await expect(page.locator('[aria-busy="true"]:visible')).toHaveCount(0)
    await page.getByRole('button', { name: 'New', exact: true }).click()
    await expect(page.getByRole('dialog', { name: 'New conversation' })).toBeVisible()
    await excludesNobody(page, 'a new conversation')
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: 'More', exact: true }).first().click()
    await expect(page.getByRole('menuitemradio').first()).toBeVisible()
    await excludesNobody(page, "the list's menu")
  })
}

async function handOver(page: Page): Promise<void> {
  await page.getByRole('button', { name: /Unassigned|Assigned to/ }).click()
  await page.getByRole('menuitem', { name: 'Hand over with a word' }).click()
  await expect(page.getByRole('dialog', { name: 'Hand over' })).toBeVisible()
}
