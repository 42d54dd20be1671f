import { expect, test } from 'vitest'
import { emojiMatching } from './emoji-search.ts'

const groups = [
  {
    name: 'Smileys & Emotion',
    emojis: [
      { emoji: '😀', name: 'grinning face' },
      { emoji: '😴', name: 'sleeping face' },
    ],
  },
  { name: 'Objects', emojis: [{ emoji: '🛏️', name: 'bed' }] },
]

test.each([
  ['', ['😀', '😴', '🛏️']],
  ['FACE sleep', ['😴']],
  ['bed', ['🛏️']],
  ['nothing', []],
])('%o finds %o', (query, found) => {
  expect(emojiMatching(groups, query).flatMap(({ emojis }) => emojis.map(({ emoji }) => emoji))).toEqual(found)
})
