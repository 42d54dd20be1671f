import { expect, test } from 'vitest'
import { cutsBetween, cutsOf, RENEWAL, standingFor } from './release-cuts.ts'

const told = ({ step, turn, when, carriedOut }: ReturnType<typeof cutsOf>[number]) =>
  `${when} ${step} ${turn} at ${carriedOut}`

test('every step is a cut before and a cut after; renewals are none', () => {
  expect(cutsOf(['a', RENEWAL, 'b', 'a']).map(told)).toEqual([
    'before a 1 at 0',
    'after a 1 at 1',
    'before b 1 at 1',
    'after b 1 at 2',
    'before a 2 at 2',
    'after a 2 at 3',
  ])
})

test('what the account holds is cut at once, after a step and before the next in turn', () => {
  expect(standingFor(cutsOf(['a', 'b', 'c'])).map(told)).toEqual([
    'before a 1 at 0',
    'before b 1 at 1',
    'after b 1 at 2',
    'after c 1 at 3',
  ])
})

test.each([
  ['the same step', ['f', 'f', 'f', 'f', 'f']],
  [
    'steps of functions',
    ['UpdateAlias one', 'UpdateAlias two', 'UpdateAlias three', 'UpdateAlias four', 'UpdateAlias five'],
  ],
])('of %s five times the first and the third stand for all', (_what, five) => {
  const moments = standingFor(cutsOf(['a', ...five, 'b'])).map(({ carriedOut }) => carriedOut)
  expect(moments).toEqual([0, 1, 2, 3, 4, 6, 7])
})

test('objects of another place are steps of another kind', () => {
  const steps = ['PutObject lock', 'PutObject file', 'PutObject work', 'PutObject record']
  expect(standingFor(cutsOf(steps)).map(({ carriedOut }) => carriedOut)).toEqual([0, 1, 2, 3, 4])
})

test('of a part of a run there are the cuts from after its first step to after its last', () => {
  expect(cutsBetween(['a', 'b', 'a', 'c', 'd'], ['a', 2], ['c', 1]).map(told)).toEqual([
    'after a 2 at 3',
    'before c 1 at 3',
    'after c 1 at 4',
    'before d 1 at 4',
  ])
})
