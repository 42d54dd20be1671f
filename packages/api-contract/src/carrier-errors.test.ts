import { expect, test } from 'vitest'
import { carrierErrors } from './carrier-errors.ts'

test.each(Object.entries(carrierErrors))(
  'number %s has a reason, and says what to do next, in sentences',
  (_code, told) => {
    for (const words of [told.reason, told.next]) expect(words).toMatch(/^[A-Z].*\.$/)
  },
)

test.each([
  ...[11200, 12300, 21211, 21408, 21610, 21612, 21614, 21617, 30001, 30002, 30003, 30004, 30005, 30006, 30007, 30008],
  ...[30019, 30034],
])('what number %i means is known', (code) => {
  expect(carrierErrors[code]).toBeDefined()
})
