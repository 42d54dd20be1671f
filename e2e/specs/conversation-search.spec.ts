import { outreachPath } from '@sax/topology'
import { barriers } from '../site/accessibility.ts'
import { uniqueName } from '../site/canary.ts'
import { expect, test } from '../site/conversation-test.ts'
import { listOf } from '../site/list.ts'
import { dana } from '../site/people.ts'

/**
 * A search is bounded from some hundred messages on, which is tested at the database. What is tested here is the screen:
 * the real answer, in which the server says so.
 */
test('a search that was bounded says that it shows the newest, for as long as it is on', async ({ begin, site }) => {
  const friendlyName = uniqueName('Bounded')
  const { page, id } = await begin(dana, { friendlyName })
  await page.route('**/conversations?*search=*', async (route) => {
    const response = await route.fetch()
    const answer = (await response.json()) as object
    await route.fulfill({ response, json: { ...answer, searchCut: true } })
  })
  await page.goto(site.urls.host + outreachPath('conversations'))
  const { row, rows, search } = listOf(page)
  const line = page.getByRole('note').filter({ hasText: 'Very many messages have these words.' })
  await expect(row(id)).toBeVisible()
  await expect(line).toHaveCount(0)
  await search.fill(friendlyName)
  await expect(rows).toHaveCount(1)
  await expect(line).toBeVisible()
  await expect(line).toContainText('the newest conversations, and all that are unread or waiting')
  expect(await barriers(page)).toEqual([])
  await search.fill('')
  await expect(line).toHaveCount(0)
  await page.unrouteAll({ behavior: 'ignoreErrors' })
})
