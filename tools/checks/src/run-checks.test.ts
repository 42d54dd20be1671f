import { expect, test } from 'vitest'
import type { Check } from './check.ts'
import { runChecks } from './run-checks.ts'
import { stringTree } from './source/source-tree.ts'

test('a check that breaks is no pass and keeps no other from running', async () => {
  const cause = new Error('no such file')
  const finding = { file: 'a.ts', line: 1, why: 'x', fix: 'y' }
  const checks: readonly Check[] = [
    {
      name: 'breaks',
      run: () => {
        throw cause
      },
    },
    { name: 'objects', run: async () => [finding] },
    { name: 'agrees', run: () => [] },
  ]
  const results = await runChecks(checks, { tree: stringTree({}), nowMs: () => 5, onResult: () => undefined })
  expect(results).toEqual([
    { name: 'breaks', durationMs: 0, kind: 'broken', cause },
    { name: 'objects', durationMs: 0, kind: 'findings', findings: [finding] },
    { name: 'agrees', durationMs: 0, kind: 'clean' },
  ])
})
