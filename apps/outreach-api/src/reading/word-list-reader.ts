import type { Mood, MoodReader } from './mood.ts'
import { NEGATIVE, NEGATORS, POSITIVE, URGENT } from './word-lists.ts'

/** How far a "not" reaches, in words. */
const REACH = 3

/** A mood, and the words that it comes from: `-good` was turned around by a negation. */
export interface ExplainedMood extends Mood {
  readonly because: readonly string[]
}

/**
 * The mood of a message by lists of words: as many good words as bad ones are neutral, and a negation shortly before a
 * word turns it around ("not happy" is bad; "not bad" is nothing in particular). The same text is always read the same.
 */
export function moodByWords(text: string): ExplainedMood {
  const words = wordsOf(text)
  const found = (list: readonly string[]) => list.flatMap((entry) => hitsOf(entry, words))
  const [good, bad, urgent] = [found(POSITIVE), found(NEGATIVE), found(URGENT)]
  const score =
    good.reduce((sum, { negated }) => sum + (negated ? -1 : 1), 0) - bad.filter(({ negated }) => !negated).length
  return {
    sentiment: score > 0 ? 'positive' : score < 0 ? 'negative' : 'neutral',
    urgent: urgent.some(({ negated }) => !negated),
    because: [...good, ...bad, ...urgent].map(({ entry, negated }) => (negated ? `-${entry}` : entry)),
  }
}

/** Reads by lists of words, on this computer: no text leaves it. */
export const wordListReader: MoodReader = {
  read: async ({ body }) => {
    const { sentiment, urgent } = moodByWords(body)
    return { sentiment, urgent }
  },
}

interface Hit {
  readonly entry: string
  readonly negated: boolean
}

function hitsOf(entry: string, words: readonly string[]): readonly Hit[] {
  const parts = entry.split(' ')
  return words.flatMap((_, index) => {
    if (!parts.every((part, offset) => isWord(part, words[index + offset]))) return []
    return [{ entry, negated: words.slice(Math.max(0, index - REACH), index).some((word) => NEGATORS.has(word)) }]
  })
}

function isWord(pattern: string, word: string | undefined): boolean {
  if (word === undefined) return false
  return pattern.endsWith('*') ? word.startsWith(pattern.slice(0, -1)) : word === pattern
}

/** In small letters, without accents, with the apostrophe that keyboards have. */
function wordsOf(text: string): readonly string[] {
  const plain = text.normalize('NFD').replaceAll(/\p{M}/gu, '').replaceAll('’', "'").toLowerCase()
  return plain.match(/[\p{L}\p{N}]+(?:'[\p{L}]+)*/gu) ?? []
}
