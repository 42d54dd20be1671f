import { expect, test } from 'vitest'
import { quietAt } from './quiet-hours.ts'

const night = { from: '21:00', until: '08:00' }

test.each([
  ['at noon', '2026-11-24T17:00:00Z', 'America/New_York', night, false, '2026-11-25T02:00:00.000Z'],
  ['at the first quiet minute', '2026-11-25T02:00:00Z', 'America/New_York', night, true, '2026-11-25T13:00:00.000Z'],
  ['after midnight', '2026-11-25T06:00:00Z', 'America/New_York', night, true, '2026-11-25T13:00:00.000Z'],
  ['at the first loud minute', '2026-11-25T13:00:00Z', 'America/New_York', night, false, '2026-11-26T02:00:00.000Z'],
  [
    'by the clock of the patient',
    '2026-11-25T13:30:00Z',
    'America/Los_Angeles',
    night,
    true,
    '2026-11-25T16:00:00.000Z',
  ],
  ['over a change of clocks', '2026-03-08T05:00:00Z', 'America/New_York', night, true, '2026-03-08T12:00:00.000Z'],
  [
    'in a siesta',
    '2026-11-24T19:00:00Z',
    'America/New_York',
    { from: '13:00', until: '15:00' },
    true,
    '2026-11-24T20:00:00.000Z',
  ],
  [
    'never, when both are the same',
    '2026-11-24T19:00:00Z',
    'America/New_York',
    { from: '13:00', until: '13:00' },
    false,
    '2026-11-25T18:00:00.000Z',
  ],
])('%s', (_when, now, timeZone, hours, quietNow, changesAt) => {
  const quiet = quietAt(new Date(now), timeZone, hours)
  expect([quiet.quietNow, quiet.changesAt.toISOString()]).toEqual([quietNow, changesAt])
})
