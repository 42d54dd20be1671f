import { WORDS } from './data-set.ts'
import type { Person } from './staff.ts'

const FILTERS = ['all', 'unread', 'at_risk', 'mine', 'unassigned', 'not_sent', 'unknown', 'archived'] as const
const ANSWER_MS = 50
const POLL_MS = 10

/** What a person has seen when the measured questions begin. */
export interface Known {
  readonly person: Person
  /** The longest conversation that the person found, and one of any length. */
  readonly long: { readonly id: string; readonly messages: number }
  readonly any: string
  readonly phone: string
  readonly nextPage: Readonly<Record<'newest' | 'waiting', string>>
  /** Cursors of the feed: at its end, and behind fifty changes. */
  readonly atEnd: string
  readonly fiftyBehind: string
}

export interface Question {
  readonly what: string
  /** 99 of 100 answers within so many milliseconds. */
  readonly aimMs: number
  /** Path below the base path. */
  readonly path: (known: Known) => string
}

const list = (query: Readonly<Record<string, string>>) => `/conversations?${new URLSearchParams(query).toString()}`
const search = (
  what: string,
  words: (known: Known) => string,
  more: Readonly<Record<string, string>> = {},
): Question => ({
  what: `search: ${what}`,
  aimMs: ANSWER_MS,
  path: (known) => list({ search: words(known), ...more }),
})

const [AREA, EXCHANGE, LINE] = [/^\+1(\d{3})/, /^\+1\d{3}(\d{3})/, /(\d{4})$/]
const part = (pattern: RegExp, phone: string) => pattern.exec(phone)?.[1] ?? ''
const national = (phone: string) => `(${part(AREA, phone)}) ${part(EXCHANGE, phone)}-${part(LINE, phone)}`

/** Everything that the screens ask while somebody works through an inbox. Counts come with each list. */
export const QUESTIONS: readonly Question[] = [
  ...FILTERS.flatMap((filter) =>
    (['newest', 'waiting'] as const).map((sort) => ({
      what: `list with counts: ${filter.replace('_', ' ')}, ${sort} first`,
      aimMs: ANSWER_MS,
      path: () => list({ filter, sort }),
    })),
  ),
  ...(['newest', 'waiting'] as const).map((sort) => ({
    what: `list with counts: all, ${sort} first, second page`,
    aimMs: ANSWER_MS,
    path: ({ nextPage }: Known) => list({ sort, cursor: nextPage[sort] }),
  })),
  search('a name', () => 'garcia'),
  search('two names, an accent left out', () => 'siobhan nunez'),
  search('a number, +1 …', ({ phone }) => phone),
  search('a number, (…) …-…', ({ phone }) => national(phone)),
  search('a number with dots', ({ phone }) => national(phone).replace('(', '').replace(/\) |-/g, '.')),
  search('the last four digits', ({ phone }) => part(LINE, phone)),
  search(`a word of 1 message in ${WORDS.rare.oneIn.toLocaleString('en-US')}`, () => WORDS.rare.word),
  search(`a word of 1 message in ${WORDS.uncommon.oneIn}`, () => WORDS.uncommon.word),
  search('a word of 1 message in 12', () => WORDS.common.word),
  search('a word of every message', () => WORDS.everywhere.word),
  search('a word of every message and a rare one', () => `${WORDS.everywhere.word} ${WORDS.rare.word}`),
  search('a word of every message, waiting first', () => WORDS.everywhere.word, { sort: 'waiting' }),
  search('what nobody wrote', () => 'xylophone'),
  { what: 'screen of a conversation', aimMs: ANSWER_MS, path: ({ any }) => `/conversations/${any}` },
  { what: 'screen of a long conversation', aimMs: ANSWER_MS, path: ({ long }) => `/conversations/${long.id}` },
  {
    what: 'older messages',
    aimMs: ANSWER_MS,
    path: ({ long: { id, messages } }) => `/conversations/${id}/messages?before=${Math.max(2, messages - 50)}`,
  },
  { what: 'news: none', aimMs: POLL_MS, path: ({ atEnd }) => `/changes?after=${atEnd}` },
  { what: 'news: 50 changes', aimMs: POLL_MS, path: ({ fiftyBehind }) => `/changes?after=${fiftyBehind}` },
]
