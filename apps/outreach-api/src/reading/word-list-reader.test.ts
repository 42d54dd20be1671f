import { expect, test } from 'vitest'
import { moodByWords, wordListReader } from './word-list-reader.ts'

test.each<[text: string, sentiment: string, urgent: boolean]>([
  ['Thank you, the new mask is great', 'positive', false],
  ['This is terrible, the mask leaks again', 'negative', false],
  ['I will come on Tuesday', 'neutral', false],
  ['', 'neutral', false],
  ['👍', 'neutral', false],
  ['I am not happy with this', 'negative', false],
  ['Not bad', 'neutral', false],
  ['It is good but it hurts', 'neutral', false],
  ['I can’t breathe with it', 'neutral', true],
  ["I CAN'T BREATHE", 'neutral', true],
  ['I have chest pain, call me ASAP', 'negative', true],
  ['It is not urgent', 'neutral', false],
  ['No chest pain any more, thanks', 'positive', false],
  ['This is no emergency. But please call, I am bleeding', 'neutral', true],
  ['¡Muchas gracias, excelente!', 'positive', false],
  ['No puedo respirar', 'neutral', true],
  ['Estoy muy molesta, es urgente', 'negative', true],
  ['The goodness of strangers', 'neutral', false],
  ['I was in the hospitality business', 'neutral', false],
])('"%s" is %s, urgent: %s', (text, sentiment, urgent) => {
  expect(moodByWords(text)).toMatchObject({ sentiment, urgent })
})

test('it says which words it went by, and which were turned around', () => {
  expect(moodByWords('Not happy: the mask leaks').because).toEqual(['-happy', 'leak*'])
})

test('as a reader it tells the marks alone', async () => {
  expect(await wordListReader.read({ body: 'Thanks, all good', language: undefined })).toEqual({
    sentiment: 'positive',
    urgent: false,
  })
})

test('a message of any length is read in no time worth mentioning', () => {
  const startedMs = performance.now()
  moodByWords("can't ".repeat(1600))
  expect(performance.now() - startedMs).toBeLessThan(500)
})
