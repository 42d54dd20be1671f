import { expect, test } from 'vitest'
import { conversationFixture } from '../conversation-fixture.ts'
import { countsNow } from './counts-now.ts'

const counts = { all: 3, unread: 0, at_risk: 1, mine: 0, unassigned: 3, not_sent: 0, unknown: 0, archived: 0 }
const row = (slaWarnAt: string) =>
  conversationFixture({ asOf: '2026-11-02T15:00:00.000Z', waitingSince: '2026-11-02T14:58:00.000Z', slaWarnAt })

test('A4: "at risk" grows as time goes by, without a call, and counts nobody twice', () => {
  const rows = [row('2026-11-02T14:59:00.000Z'), row('2026-11-02T15:05:00.000Z'), row('2026-11-02T15:30:00.000Z')]
  expect(countsNow(counts, rows, Date.parse('2026-11-02T15:04:59.000Z')).at_risk).toBe(1)
  expect(countsNow(counts, rows, Date.parse('2026-11-02T15:05:00.000Z')).at_risk).toBe(2)
})
