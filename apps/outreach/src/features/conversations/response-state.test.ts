import { expect, test } from 'vitest'
import { nextChangeMs, responseState, waitedWords } from './response-state.ts'

const at = (time: string) => Date.parse(`2026-11-02T${time}Z`)
const waiting = {
  waitingSince: '2026-11-02T15:00:00.000Z',
  slaWarnAt: '2026-11-02T15:07:00.000Z',
  slaDueAt: '2026-11-02T15:10:00.000Z',
}

test.each([
  ['15:06:59.999', 'ok'],
  ['15:07:00.000', 'warning'],
  ['15:09:59.999', 'warning'],
  ['15:10:00.000', 'breached'],
] as const)('A4: at %s a message of 15:00 is %s, without asking anybody', (time, state) => {
  expect(responseState(waiting, at(time))).toBe(state)
})

test('A4: an answered conversation is never late, whatever times it still carries', () => {
  expect(responseState({ ...waiting, waitingSince: null }, at('23:00:00'))).toBe('ok')
})

test('the next change of several is the earliest that is still ahead', () => {
  const later = { ...waiting, slaWarnAt: '2026-11-02T15:09:00.000Z', slaDueAt: '2026-11-02T15:12:00.000Z' }
  expect(nextChangeMs([later, waiting], at('15:08:00'))).toBe(at('15:09:00'))
  expect(nextChangeMs([later, waiting], at('15:12:00'))).toBeUndefined()
})

test.each([
  ['15:00:59', '0 min'],
  ['15:59:59', '59 min'],
  ['17:05:00', '2 h 05 min'],
])('at %s the patient has waited %s', (time, words) => {
  expect(waitedWords(waiting.waitingSince, at(time))).toBe(words)
})

test('waiting is counted in days after a day, and a clock that runs behind shows no negative time', () => {
  expect(waitedWords(waiting.waitingSince, Date.parse('2026-11-03T16:00:00Z'))).toBe('1 day')
  expect(waitedWords(waiting.waitingSince, at('14:59:00'))).toBe('0 min')
})
