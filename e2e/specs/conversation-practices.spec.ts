import { patients, practices } from '@sax/sample-data'
import { outreachPath } from '@sax/topology'
import { excludesNobody } from '../site/accessibility.ts'
import { uniqueName } from '../site/canary.ts'
import { expect, test } from '../site/conversation-test.ts'
import { beginConversation, NEWS, newPhone, textAs } from '../site/conversations.ts'
import { listOf } from '../site/list.ts'
import { dana, luis, ruth } from '../site/people.ts'

const [harbor, brendan] = practices
const elsewhere = patients.find(({ practiceId }) => practiceId === brendan.id)

test('S6: who works for all practices sees of which one each conversation is, and may look at one alone', async ({
  deskOf,
  site,
}) => {
  const { page } = await deskOf(ruth)
  const friendlyName = uniqueName('Of two practices')
  const phone = newPhone()
  const here = await beginConversation(page, site.urls.host, { phone, friendlyName })
  const there = await beginConversation(page, site.urls.host, {
    phone: newPhone(),
    patientId: elsewhere?.id,
    friendlyName,
  })
  const { rows, row, filter, updates } = listOf(page)
  await page.goto(site.urls.host + outreachPath('conversations'))
  await expect(row(here.id).getByText(harbor.name)).toBeVisible()
  await expect(row(there.id).getByText(brendan.name)).toBeVisible()
  await excludesNobody(page, 'all practices')

  const choice = page.getByRole('button', { name: /^Show conversations of/ })
  await expect(choice).toHaveAccessibleName('Show conversations of: All practices')
  await choice.click()
  await page.getByRole('menuitemradio', { name: brendan.name }).click()
  await expect(row(here.id)).toHaveCount(0)
  await expect(row(there.id)).toBeVisible()
  await expect(choice).toHaveAccessibleName(`Show conversations of: ${brendan.name}`)
  expect(new URL(page.url()).search).toBe(`?practice=${brendan.id}`)

  // The counts are of what is shown; news of another practice changes neither.
  const ofBrendan = Number((await filter('All').textContent())?.slice('All'.length))
  await expect(rows).toHaveCount(ofBrendan)
  const counted = await filter('Unread').textContent()
  const other = await deskOf(dana)
  await other.page.goto(site.urls.host + outreachPath('conversations'))
  await textAs(site, phone, 'Of another practice')
  await expect(listOf(other.page).row(here.id)).toContainText('Of another practice', NEWS)
  await expect(row(here.id)).toHaveCount(0)
  await expect(updates).toHaveCount(0)
  expect(await filter('Unread').textContent()).toBe(counted)
  // Whoever works in one practice is asked nothing and told nothing.
  await expect(other.page.getByRole('button', { name: /^Show conversations of/ })).toHaveCount(0)
  await expect(listOf(other.page).row(here.id).getByText(harbor.name)).toHaveCount(0)

  // The choice outlives a reload, and going into a conversation, whose head says the practice.
  await page.reload()
  await row(there.id).click()
  const thread = page.getByRole('region', { name: 'Conversation', exact: true })
  await expect(thread.getByRole('heading', { name: friendlyName })).toBeVisible()
  await expect(thread.getByText(brendan.name)).toBeVisible()
  expect(new URL(page.url()).searchParams.get('practice')).toBe(brendan.id)
  await excludesNobody(page, 'a conversation of one practice')
  await page.setViewportSize({ width: 320, height: 640 })
  await excludesNobody(page, 'its head on a small screen')
})

test.describe('what goes wrong', () => {
  test.use({ browserErrors: 'expected' })

  test('S6: an address with a practice out of reach is refused, and leads back to all that is within', async ({
    deskOf,
    site,
  }) => {
    for (const [person, practiceId] of [
      [ruth, luis.practiceId],
      [dana, brendan.id],
    ] as const) {
      const { page } = await deskOf(person)
      await page.goto(`${site.urls.host}${outreachPath('conversations')}?practice=${practiceId}`)
      await expect(page.getByText('This practice is not here')).toBeVisible()
      await expect(listOf(page).rows).toHaveCount(0)
      await page.getByRole('button', { name: 'Show all conversations' }).click()
      await expect(listOf(page).rows.first()).toBeVisible()
      expect(new URL(page.url()).search).toBe('')
    }
  })
})
