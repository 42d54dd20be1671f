import { outreachPath } from '@sax/topology'
import { beginConversation, newPhone } from '../site/conversations.ts'
import { kilobytes, measureFirstLoad } from '../site/first-load.ts'
import { dana } from '../site/people.ts'
import { expect, test } from '../site/test.ts'

/**
 * Most of what an empty browser may be sent before the list can be used: 1,000 bytes of scripts as the front door
 * compresses them. React and Next.js alone are 134. Whoever needs more says for what in decision 27.
 */
const BUDGET_KB = 190
/** Most of what it may be sent afterwards, while nobody does anything. */
const LATER_BUDGET_KB = 130
/** From the navigation's beginning, the best of three. */
const VISIBLE_MS = 1000

test('the inbox opens with few scripts, and its list is there within a second', async ({ deskOf, site }) => {
  const { page: other } = await deskOf(dana)
  await beginConversation(other, site.urls.host, { phone: newPhone() })
  const visibleMs: number[] = []
  for (let round = 0; round < 3; round += 1) {
    const { page } = await deskOf(dana)
    const load = await measureFirstLoad(page, site.urls.host + outreachPath('conversations'), '[data-conversation]')
    visibleMs.push(load.visibleMs)
    // A script that came from a cache would count nothing.
    expect(load.first.length).toBeGreaterThan(5)
    expect(load.first.filter(({ transferredBytes }) => transferredBytes === 0)).toEqual([])
    expect(kilobytes(load.first)).toBeLessThan(BUDGET_KB)
    expect(load.later.length, 'menus, notices and the thread are fetched ahead').toBeGreaterThan(0)
    expect(kilobytes(load.later)).toBeLessThan(LATER_BUDGET_KB)
  }
  expect(Math.min(...visibleMs)).toBeLessThan(VISIBLE_MS)
})
