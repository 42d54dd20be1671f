import { expect, test } from 'vitest'
import { othersNamed } from './others-named.ts'

const maeve = { id: '1', firstName: 'Maeve', lastName: "O'Brien" }
const liam = { id: '2', firstName: 'Liam', lastName: "O'Brien" }
const jose = { id: '3', firstName: 'José', lastName: 'Núñez' }
const all = [maeve, liam, jose]
const named = (text: string, patientId: string | null = '1') =>
  othersNamed(text, { patients: all, patientId }).map(({ id }) => id)

test.each([
  ['Hello Maeve, your mask is here', []],
  ['Liam’s results are here', ['2']],
  ['LIAM and jose', ['2', '3']],
  ['Mr. Nunez, call us', ['3']],
  ["Dear O'Brien family", []],
  ['Williams is not Liam-like', []],
  ['', []],
])('about Maeve, "%s" names of the others: %o', (text, others) => {
  expect(named(text)).toEqual(others)
})

test('about nobody in particular, whoever is named is somebody', () => {
  expect(named("Maeve O'Brien", null)).toEqual(['1', '2'])
})

test('who has the phone alone may be named', () => {
  expect(othersNamed('Hello Maeve', { patients: [maeve], patientId: null })).toEqual([])
})

test('a family name in its own letters is found, and one of a single letter is a word like any other', () => {
  const li = { id: '4', firstName: '李', lastName: '小龙' }
  expect(othersNamed('小龙 你好', { patients: [maeve, li], patientId: '1' })).toEqual([li])
  expect(othersNamed('李 你好', { patients: [maeve, li], patientId: '1' })).toEqual([])
})
