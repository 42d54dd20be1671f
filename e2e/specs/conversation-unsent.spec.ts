import { outreachPath } from '@sax/topology'
import { barriers } from '../site/accessibility.ts'
import { uniqueName } from '../site/canary.ts'
import { expect, letGiveUp, test } from '../site/conversation-test.ts'
import { beginConversation, DELIVERED, messagesOf, NEWS, newPhone, receivedBy, textAs } from '../site/conversations.ts'
import { listOf } from '../site/list.ts'
import { dana } from '../site/people.ts'

/** Well ahead, and within the week that is allowed. */
const tomorrow = () => new Date(Date.now() + 26 * 3_600_000).toISOString()

test('a scheduled message is called off, and sent after all; another one does not wait any longer', async ({
  open,
  site,
}) => {
  const firstMessage = { clientId: crypto.randomUUID(), body: 'See you tomorrow', scheduledFor: tomorrow() }
  const { page, phone, log } = await open(dana, { firstMessage })
  await expect(log.getByText('Scheduled for')).toBeVisible()
  expect(await barriers(page)).toEqual([])
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

test('the filter "Not delivered" has what was given up, until somebody has sent it after all', async ({
  open,
  begin,
  site,
}) => {
  const thread = await open(dana)
  const { page, id, phone, log, message } = thread
  const { id: other } = await begin(dana)
  const text = uniqueName('See you on Friday')
  await letGiveUp(site, thread, text)
  await expect(log.getByText('The patient has said STOP.')).toBeVisible(DELIVERED)
  await textAs(site, phone, 'START')
  await expect(message).toBeEditable(NEWS)

  await page.goto(site.urls.host + outreachPath('conversations'))
  const { row, filter } = listOf(page)
  await expect(row(other)).toBeVisible()
  await filter('More').click()
  await page.getByRole('menuitemradio', { name: /^Not delivered/ }).click()
  await expect(row(other)).toHaveCount(0)
  await expect(row(id).getByText('Not delivered')).toBeVisible()
  await expect(filter('Not delivered')).toHaveText(/^Not delivered[1-9]/)
  // The choice outlives a reload, and going into the conversation.
  await page.reload()
  await row(id).click()
  await expect(row(other)).toHaveCount(0)
  await log.getByRole('button', { name: 'Send again' }).click()
  await expect(row(id)).toHaveCount(0, NEWS)
  await expect(log.getByText(/Delivered/)).toBeVisible(DELIVERED)
  expect((await receivedBy(site, phone)).filter((one) => one === text)).toEqual([text])
})
