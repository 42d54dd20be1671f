import { expect, test } from 'vitest'
import { isQuiet, sendsOnEnter } from './composer-rules.ts'

const evening = { timeZone: 'America/New_York', quietNow: false, changesAt: '2026-11-03T02:00:00.000Z' }

test.each([
  ['2026-11-03T01:59:59.999Z', false],
  ['2026-11-03T02:00:00.000Z', true],
])('at %s quiet is %s', (at, quiet) => {
  expect(isQuiet(evening, Date.parse(at))).toBe(quiet)
})

const plain = { key: 'Enter', shiftKey: false, ctrlKey: false, metaKey: false }

test.each([
  ['Enter, chosen to send', plain, true, true],
  ['Enter, chosen for a new line', plain, false, false],
  ['Ctrl+Enter', { ...plain, ctrlKey: true }, false, true],
  ['Cmd+Enter', { ...plain, metaKey: true }, false, true],
  ['Shift+Enter', { ...plain, shiftKey: true }, true, false],
  ['a letter', { ...plain, key: 'a' }, true, false],
])('%s sends: %o %s %s', (_why, event, enterSends, sends) => {
  expect(sendsOnEnter(event, enterSends)).toBe(sends)
})
