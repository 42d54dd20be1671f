import { AxeBuilder } from '@axe-core/playwright'
import { outreachPath } from '@sax/topology'
import { beginConversation, messagesOf, newPhone, receivedBy, threadOf } from '../site/conversations.ts'
import { dana } from '../site/people.ts'
import { expect, test } from '../site/test.ts'

const DELIVERED = { timeout: 30_000 }
const WCAG = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']
/** Well ahead, and within the week that is allowed. */
const tomorrow = () => new Date(Date.now() + 26 * 3_600_000).toISOString()

test('a scheduled message is called off, and sent after all; another one does not wait any longer', async ({
  deskOf,
  site,
}) => {
  const { page } = await deskOf(dana)
  const phone = newPhone()
  const firstMessage = { clientId: crypto.randomUUID(), body: 'See you tomorrow', scheduledFor: tomorrow() }
  const { id } = await beginConversation(page, site.urls.host, { phone, firstMessage })
  await page.goto(site.urls.host + outreachPath('conversations', id))
  const { log } = threadOf(page)
  await expect(log.getByText('Scheduled for')).toBeVisible()
  const { violations } = await new AxeBuilder({ page }).withTags(WCAG).analyze()
  expect(violations.map(({ id: rule, nodes }) => `${rule}: ${nodes[0]?.html}`)).toEqual([])
  await log.getByRole('button', { name: 'Call it off' }).click()
  await expect(log.getByText('Called off, not sent')).toBeVisible()
  expect(await receivedBy(site, phone)).toEqual([])
  await log.getByRole('button', { name: 'Send after all' }).click()
  await expect(log.getByText('Delivered')).toBeVisible(DELIVERED)
  expect(await receivedBy(site, phone)).toEqual(['See you tomorrow'])

  const other = newPhone()
  const { id: second } = await beginConversation(page, site.urls.host, {
    phone: other,
    firstMessage: { ...firstMessage, clientId: crypto.randomUUID() },
  })
  await page.goto(site.urls.host + outreachPath('conversations', second))
  await log.getByRole('button', { name: 'Send it now' }).click()
  await expect(log.getByText('Delivered')).toBeVisible(DELIVERED)
  expect((await messagesOf(page, site.urls.host, second)).map(({ scheduledFor }) => scheduledFor)).toEqual([null])
})
