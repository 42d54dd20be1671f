import { mediaRefusal } from '@sax/api-contract'
import { expect, test } from 'vitest'
import { fileWords, isShownInPlace, pictureName, refusalWords, sizeWords } from './picture-words.ts'

test.each([
  ['image/jpeg', true],
  ['image/webp', true],
  ['image/heic', false],
  ['image/svg+xml', false],
  ['application/pdf', false],
])('%s is shown in its place: %s', (contentType, shown) => {
  expect(isShownInPlace({ contentType })).toBe(shown)
})

test('each reason has words of its own, and an unknown one has some', () => {
  const words = mediaRefusal.options.map((why) => refusalWords(why))
  expect(new Set(words).size).toBe(5)
  expect(refusalWords('too_large')).toBe('It is larger than 5 MB. Ask the patient to send it smaller.')
  expect(refusalWords(null)).toBe(refusalWords('kind'))
  expect(refusalWords(undefined)).toBe(refusalWords('kind'))
})

test.each([
  [1, '1 kB'],
  [340_400, '340 kB'],
  [999_499, '999 kB'],
  [999_500, '1.0 MB'],
  [2_449_000, '2.4 MB'],
])('%i bytes are %s', (bytes, words) => {
  expect(sizeWords(bytes)).toBe(words)
})

test('a file says its kind and size, as far as they are known', () => {
  expect(fileWords({ contentType: 'application/pdf', bytes: 12_000 })).toBe('PDF document, 12 kB')
  expect(fileWords({ contentType: 'application/x-new', bytes: null })).toBe('File')
})

test('one picture is named after who sent it, several are counted', () => {
  expect(pictureName("Maeve O'Brien", { number: 1, of: 1 })).toBe("Picture from Maeve O'Brien")
  expect(pictureName('李', { number: 2, of: 3 })).toBe('Picture 2 of 3 from 李')
})
