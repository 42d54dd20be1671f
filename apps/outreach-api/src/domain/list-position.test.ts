import { expect, test } from 'vitest'
import { readPosition, writePosition } from './list-position.ts'

const id = '30000000-0000-4000-8000-000000000001'

test.each([true, false])('a position is read as it was written (waiting: %s)', (waiting) => {
  const position = { waiting, key: '1795626000123456', id }
  expect(readPosition(writePosition(position))).toEqual(position)
})

test.each([
  '',
  'w',
  `x.1.${id}`,
  `w.-1.${id}`,
  `w.1e9.${id}`,
  `w.7258118400000001.${id}`,
  'w.1.no-id',
  `w.1.${id}.more`,
])('%j is none', (cursor) => {
  expect(readPosition(cursor)).toBeUndefined()
})
