import type { FunctionContracts } from '@sax/release'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type ContractState, conflictsIn, conflictText, flipOrder, sideBySideConflicts } from './contracts.ts'

const speaks = (version: number, to: string): FunctionContracts => ({
  accepts: {},
  speaks: { api: { version, to: [to] } },
})
const accepts = (...versions: number[]): FunctionContracts => ({ accepts: { api: versions }, speaks: {} })

test.each<[what: string, before: ContractState, after: ContractState, order: readonly string[]]>([
  [
    'a listener that learns comes before who speaks it',
    { web: speaks(1, 'api'), api: accepts(1) },
    { web: speaks(2, 'api'), api: accepts(1, 2) },
    ['api', 'web'],
  ],
  [
    'a listener that forgets comes after who spoke it',
    { web: speaks(1, 'api'), api: accepts(1, 2) },
    { web: speaks(2, 'api'), api: accepts(2) },
    ['web', 'api'],
  ],
  [
    'where it does not matter, as given',
    { web: speaks(1, 'api'), api: accepts(1) },
    { web: speaks(1, 'api'), api: accepts(1) },
    ['web', 'api'],
  ],
  ['before a first release nobody is asked', {}, { web: speaks(2, 'api'), api: accepts(2) }, ['web', 'api']],
])('%s', (_what, before, after, order) => {
  expect(flipOrder(before, after, ['web', 'api'])).toEqual({ kind: 'order', roles: order })
})

test('a jump that nobody survives has no order, and the reason is told', () => {
  const found = flipOrder({ web: speaks(1, 'api'), api: accepts(1) }, { web: speaks(2, 'api'), api: accepts(2) }, [
    'web',
    'api',
  ])
  expect(found.kind).toBe('none')
  expect(found.kind === 'none' && found.conflicts.map(conflictText)).toEqual([
    'web speaks api 2 to api, which understands 1',
  ])
})

test('two versions answer side by side only where whoever asks meanwhile is understood by both', () => {
  const before = { web: speaks(1, 'api'), api: accepts(2) }
  const after = { web: speaks(2, 'api'), api: accepts(1, 2) }
  expect(sideBySideConflicts(before, after, ['api', 'web'], 'api').map(conflictText)).toEqual([
    'web speaks api 1 to api, which understands 2',
  ])
  expect(sideBySideConflicts(before, after, ['web', 'api'], 'api')).toEqual([])
  const forgetting = { web: speaks(2, 'api'), api: accepts(2) }
  expect(sideBySideConflicts({ ...before, api: accepts(1) }, forgetting, ['api', 'web'], 'api')).toHaveLength(1)
  expect(sideBySideConflicts(before, after, ['web'], 'api')).toEqual([])
})

const roles = ['a', 'b', 'c', 'd'] as const
const version = fc.integer({ min: 1, max: 3 })
const contracts: fc.Arbitrary<FunctionContracts> = fc.record({
  accepts: fc
    .record({ api: fc.uniqueArray(version, { minLength: 1 }) }, { requiredKeys: [] })
    .map((one) => one as Record<string, number[]>),
  speaks: fc
    .record({ api: fc.record({ version, to: fc.subarray([...roles], { minLength: 1 }) }) }, { requiredKeys: [] })
    .map((one) => one as FunctionContracts['speaks']),
})
const state = fc.record({ a: contracts, b: contracts, c: contracts, d: contracts })

test('every state on the way is one in which all understand each other, and an order is found whenever there is one', () => {
  fc.assert(
    fc.property(state, state, (before, after) => {
      const found = flipOrder(before, after, roles)
      if (found.kind === 'order') {
        expect([...found.roles].sort()).toEqual([...roles])
        for (const now of statesAlong(before, after, found.roles)) expect(conflictsIn(now)).toEqual([])
        return
      }
      expect(found.conflicts).not.toEqual([])
      for (const order of permutations(roles)) {
        expect(statesAlong(before, after, order).some((now) => conflictsIn(now).length > 0)).toBe(true)
      }
    }),
    { numRuns: 2000 },
  )
})

test('on the way of an order both versions of every function can answer, where all understood each other before it', () => {
  fc.assert(
    fc.property(state, state, (before, after) => {
      const found = flipOrder(before, after, roles)
      if (found.kind === 'none' || conflictsIn(before).length > 0) return
      for (const role of roles) expect(sideBySideConflicts(before, after, found.roles, role)).toEqual([])
    }),
    { numRuns: 2000 },
  )
})

function statesAlong(before: ContractState, after: ContractState, order: readonly string[]): readonly ContractState[] {
  return order.map((_, index) => {
    const flipped = order.slice(0, index + 1)
    return Object.fromEntries(
      roles.map((role) => [role, (flipped.includes(role) ? after : before)[role] as FunctionContracts]),
    )
  })
}

function permutations(items: readonly string[]): readonly (readonly string[])[] {
  if (items.length < 2) return [items]
  return items.flatMap((one) => permutations(items.filter((other) => other !== one)).map((rest) => [one, ...rest]))
}
