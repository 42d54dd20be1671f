import { expect, test } from 'vitest'
import { changesCursor } from './change-cursor.ts'

const noon = new Date('2026-11-24T12:00:00Z')

test('a cursor is read as it was written', () => {
  const cursor = { xid: '18446744073709551615', seq: '9223372036854775807' }
  expect(changesCursor.read(changesCursor.at(cursor, noon), noon)).toEqual({ kind: 'good', cursor })
})

test('who has seen all before a transaction begins behind the last row of the one before', () => {
  expect(changesCursor.read(changesCursor.before('700', noon), noon)).toEqual({
    kind: 'good',
    cursor: { xid: '699', seq: '9223372036854775807' },
  })
})

test.each([
  ['after a day', '2026-11-25T12:00:00.000Z', 'good'],
  ['a thousandth of a second later', '2026-11-25T12:00:00.001Z', 'expired'],
  ['by a clock that is behind the one that wrote it', '2026-11-24T11:59:00.000Z', 'good'],
])('%s it is %s', (_when, now, kind) => {
  expect(changesCursor.read(changesCursor.before('700', noon), new Date(now)).kind).toBe(kind)
})

test.each([
  '',
  '1',
  '1-2',
  '1-2-3-4',
  'a-b-c',
  ' 1-2-3',
  '1-2-3 ',
  '18446744073709551616-1-1',
  '1-9223372036854775808-1',
])('%j is none', (text) => {
  expect(changesCursor.read(text, noon)).toEqual({ kind: 'malformed' })
})
