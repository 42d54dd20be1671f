import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parsePatientSearch } from './patient-search.ts'

test.each([
  ['', { pieces: [] }],
  ['   ', { pieces: [] }],
  ["O'Brien", { pieces: ["O'Brien"] }],
  ['Al  Featherstone', { pieces: ['Featherstone', 'Al'] }],
  ['李', { pieces: ['李'] }],
  ['<b>x</b>', { pieces: ['<b>x</b>'] }],
])('%j is words of a name, the longest first', (text, expected) => {
  expect(parsePatientSearch(text)).toEqual(expected)
})

test.each([
  ['+16175550101', '16175550101'],
  ['(617) 555-0101', '16175550101'],
  ['617.555.0101', '16175550101'],
  ['1-617-555-0101', '16175550101'],
  ['617 555 0101', '16175550101'],
  ['+44 20 7946 0018', '442079460018'],
  ['555-0101', '5550101'],
  ['0101', '0101'],
])('%s is a telephone number and finds %s', (text, digits) => {
  expect(parsePatientSearch(text)).toEqual({ pieces: [digits] })
})

test.each([
  ['1962-04-03', { pieces: [], dateOfBirth: '1962-04-03' }],
  ['4/3/1962', { pieces: [], dateOfBirth: '1962-04-03' }],
  ["O'Brien 04/03/1962", { pieces: ["O'Brien"], dateOfBirth: '1962-04-03' }],
  ['1962-04-03 maeve obrien', { pieces: ['obrien', 'maeve'], dateOfBirth: '1962-04-03' }],
])('%s holds a date of birth', (text, expected) => {
  expect(parsePatientSearch(text)).toEqual(expected)
})

test('a date that does not exist is no date of birth', () => {
  expect(parsePatientSearch('2/30/1962').dateOfBirth).toBeUndefined()
  expect(parsePatientSearch('1962-02-30').dateOfBirth).toBeUndefined()
})

test('two digits are too few for a telephone number', () => {
  expect(parsePatientSearch('61')).toEqual({ pieces: ['61'] })
})

test('whatever is typed is understood somehow, in at most eight pieces', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 100 }), (text) => {
      expect(parsePatientSearch(text).pieces.length).toBeLessThanOrEqual(8)
    }),
  )
})
