import { expect, test } from 'vitest'
import { type Range, rangeOf } from './range.ts'

const part = (first: number, last: number): Range => ({ kind: 'part', first, last })
const whole: Range = { kind: 'whole' }
const unsatisfiable: Range = { kind: 'unsatisfiable' }

test.each<[range: string, of: number, asks: Range]>([
  ['bytes=0-0', 10, part(0, 0)],
  ['bytes=2-4', 10, part(2, 4)],
  ['bytes=2-', 10, part(2, 9)],
  ['bytes=2-99', 10, part(2, 9)],
  ['bytes=-3', 10, part(7, 9)],
  ['bytes=-99', 10, part(0, 9)],
  ['bytes=10-', 10, unsatisfiable],
  ['bytes=-0', 10, unsatisfiable],
  ['bytes=0-', 0, unsatisfiable],
  ['bytes=4-2', 10, whole],
  ['bytes=0-1,4-5', 10, whole],
  ['bytes=-', 10, whole],
  ['items=0-1', 10, whole],
  ['bytes=a-b', 10, whole],
])('%s of %i bytes', (range, sizeBytes, asks) => {
  expect(rangeOf(new Headers({ range }), new Headers(), sizeBytes)).toEqual(asks)
})

test.each<[ifRange: string, etag: string, asks: Range]>([
  ['"a"', '"a"', part(0, 1)],
  ['"a"', '"b"', whole],
  ['W/"a"', 'W/"a"', whole],
  ['Mon, 01 Jun 2026 12:00:00 GMT', '"a"', part(0, 1)],
  ['Mon, 01 Jun 2026 12:00:01 GMT', '"a"', whole],
])('If-Range %s against ETag %s', (ifRange, etag, asks) => {
  const object = new Headers({ etag, 'last-modified': 'Mon, 01 Jun 2026 12:00:00 GMT' })
  expect(rangeOf(new Headers({ range: 'bytes=0-1', 'if-range': ifRange }), object, 10)).toEqual(asks)
})
