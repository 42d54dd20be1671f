import { expect, test } from 'vitest'
import { fieldsOf, isFromCarrier } from './webhook-signature.ts'

const FORM = 'application/x-www-form-urlencoded'
/** As long as a body may be. */
const BODY_BYTES = 64 * 1024

test('a name that comes twice has both values, in their order', () => {
  expect(fieldsOf(FORM, 'a=2&b=&a=1&a=2')).toEqual({ a: ['2', '1', '2'], b: '' })
})

// Read before it is known who asks, so that whoever likes can send it.
test.each([
  ['one name over and over', 'a&'],
  ['names and values over and over', 'a=1&'],
  ['separators alone', '&'],
])('the longest form, of %s, is read and refused in a moment', (_what, piece) => {
  const startedMs = performance.now()
  const fields = fieldsOf(FORM, piece.repeat(BODY_BYTES / piece.length))
  const asked = { url: 'https://api.example.test/dev', signature: 'forged', fields: fields ?? {} }
  expect(isFromCarrier(asked, ['in use', 'before'])).toBe(false)
  expect(performance.now() - startedMs).toBeLessThan(500)
})
