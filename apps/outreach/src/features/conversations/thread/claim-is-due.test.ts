import { expect, test } from 'vitest'
import { claimIsDue } from './claim-is-due.ts'

const NOW = Date.parse('2026-11-02T15:00:00.000Z')
const claim = (saxId: number, until: string) => ({ saxId, name: null, until: `2026-11-02T${until}.000Z` })

test.each([
  ['nobody', null, true],
  ['oneself, for minutes', claim(7, '15:04:00'), false],
  ['oneself, nearly over', claim(7, '15:00:59'), true],
  ['a colleague', claim(8, '15:00:01'), false],
  ['a colleague who went away', claim(8, '15:00:00'), true],
])('answered by %s: %o', (_who, held, due) => {
  expect(claimIsDue(held, 7, NOW)).toBe(due)
})
