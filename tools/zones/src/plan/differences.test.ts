import { expect, test } from 'vitest'
import { described, differences, summary } from './differences.ts'

test.each<[what: string, before: unknown, after: unknown, said: readonly string[]]>([
  ['the same', { a: [1, { b: 'x' }] }, { a: [1, { b: 'x' }] }, []],
  ['a leaf deep inside', { a: [1, { b: 'x' }] }, { a: [1, { b: 'y' }] }, ['a[1].b: x -> y']],
  ['a key more', { a: 1 }, { a: 1, b: 2 }, ['b: (none) -> 2']],
  ['a key less', { a: 1, b: 2 }, { a: 1 }, ['b: 2 -> (none)']],
  ['a list that grows', ['a'], ['a', 'b'], ['[1]: (none) -> b']],
  ['a text that looks like a number', { a: 1 }, { a: '1' }, ['a: 1 -> 1']],
  ['a tree in place of a leaf', { a: 'x' }, { a: { Ref: 'B' } }, ['a: x -> {"Ref":"B"}']],
  ['null', { a: null }, { a: 0 }, ['a: null -> 0']],
  ['a key of an object’s own making', {}, { constructor: 1 }, ['constructor: (none) -> 1']],
])('%s', (_what, before, after, said) => {
  expect(differences(before, after).map(described)).toEqual(said)
})

test('a long value is cut, and many differences are counted', () => {
  const [long] = differences('a', 'b'.repeat(80), 'Text')
  expect(long && described(long)).toBe(`Text: a -> ${'b'.repeat(47)}…`)
  expect(summary(differences([1, 2, 3, 4, 5], [5, 4, 3, 2, 1], 'L'), 2)).toBe('L[0]: 1 -> 5; L[1]: 2 -> 4; and 2 more')
})
