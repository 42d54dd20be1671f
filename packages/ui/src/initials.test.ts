import { expect, test } from 'vitest'
import { initials } from './initials.ts'

test.each([
  ['Dana Whitfield', 'DW'],
  ["Siobhán O'Brien", 'SO'],
  ['Élodie', 'É'],
  ['Dr. J. R. Whitfield-Montgomery', 'DW'],
  ['  ann   lee ', 'AL'],
  ['李 小龍', '李小'],
  ['Lee, Ann (night shift)', 'LA'],
  ['', '?'],
  ['42', '?'],
])('%s becomes %s', (name, letters) => {
  expect(initials(name)).toBe(letters)
})
