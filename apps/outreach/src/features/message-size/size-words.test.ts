import { messageSize } from '@sax/message-template'
import { expect, test } from 'vitest'
import { characterWords, unitsLeft } from './size-words.ts'

test('A12: 40 emoji are two messages, not one', () => {
  expect(messageSize('😀'.repeat(40))).toMatchObject({ encoding: 'UCS-2', segmentCount: 2, unitCount: 80 })
})

test.each([
  ['a'.repeat(150), 10],
  ['a'.repeat(160), 0],
  ['a'.repeat(161), 145],
  ['“'.repeat(69), 1],
  ['“'.repeat(71), 63],
])('%#: units left before one more message is billed', (text, left) => {
  expect(unitsLeft(messageSize(text))).toBe(left)
})

test.each([
  ['“', '“ (U+201C)'],
  ['\u200b', 'U+200B'],
  ['\u00a0', 'U+00A0'],
  ['😀', '😀 (U+1F600)'],
])('%j is shown as %s', (character, words) => {
  expect(characterWords(character)).toBe(words)
})
