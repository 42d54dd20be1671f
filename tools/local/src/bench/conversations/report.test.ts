import { expect, test } from 'vitest'
import { type ConversationFigures, conversationFigures } from './report.ts'

const figures: ConversationFigures = {
  machine: {
    date: '2026-11-23',
    release: 'abc1234',
    cpu: 'A CPU',
    cores: 2,
    memoryGb: 8,
    system: 'linux x64',
    node: '24.21.0',
    readNs: 18.4,
    loadBefore: 0.25,
  },
  questions: [
    {
      what: 'the list',
      aimMs: 50,
      coordinators: { p50Ms: 4.25, p99Ms: 9, maxMs: 60 },
      administrator: { p50Ms: 8, p99Ms: 49.9, maxMs: 70 },
    },
  ],
  load: {
    seconds: 300,
    texts: { times: 60_000, p50Ms: 4, p99Ms: 40, maxMs: 90 },
    polls: { times: 75_000, p50Ms: 3, p99Ms: 30, maxMs: 80 },
    visible: { times: 150_000, p50Ms: 1_020, p99Ms: 2_100, maxMs: 2_400 },
    errors: {},
    unseen: 0,
    memory: { fromMb: 120, toMb: 121.2, growth: 0.01 },
  },
}
const rows = (page: string, begin: string) => page.split('\n').filter((line) => line.startsWith(`| ${begin}`))

test('what was asked stands beside its aim', () => {
  const page = conversationFigures(figures)
  expect(page).toContain('2026-11-23, release abc1234: 2 × A CPU')
  expect(rows(page, 'the list')).toEqual(['| the list | 4.3 | 9.0 | 60.0 | 8.0 | 49.9 | 70.0 | 50 | held |'])
  expect(rows(page, 'reply visible')).toEqual(['| reply visible, p99 | 2,100 ms | 3,000 ms | held |'])
  expect(rows(page, 'errors')).toEqual(['| errors | none | none | held |'])
  expect(rows(page, 'memory')).toEqual(['| memory of the backend | 120 to 121 MB, 1.0 % | flat | held |'])
})

test.each<[what: string, load: Partial<ConversationFigures['load']>, row: string]>([
  [
    'late',
    { visible: { times: 1, p50Ms: 1, p99Ms: 3_000, maxMs: 4_000 } },
    '| reply visible, p99 | 3,000 ms | 3,000 ms | missed |',
  ],
  ['refused', { errors: { 'news was answered 503': 2 } }, '| errors | news was answered 503: 2 | none | missed |'],
  ['lost', { unseen: 1 }, '| accepted and not told to everybody | 1 | 0 | missed |'],
  [
    'kept in memory',
    { memory: { fromMb: 100, toMb: 110, growth: 0.095 } },
    '| memory of the backend | 100 to 110 MB, 9.5 % | flat | missed |',
  ],
])('what was %s is said to be missed', (_what, load, row) => {
  expect(conversationFigures({ ...figures, load: { ...figures.load, ...load } })).toContain(row)
})

test('one of two who waits too long misses the aim', () => {
  const [question] = figures.questions
  if (question === undefined) throw new Error('no question')
  const slow = { ...question, coordinators: { p50Ms: 4, p99Ms: 50, maxMs: 60 } }
  expect(rows(conversationFigures({ ...figures, questions: [slow] }), 'the list')[0]).toContain('missed')
})
