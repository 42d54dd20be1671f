import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { exampleFacts } from '@sax/infra'
import type { AccountFacts } from '@sax/infra/account-facts'
import { afterAll, expect, test } from 'vitest'
import { writeFacts } from './facts-file.ts'
import { ownRouting } from './own-routing.ts'

const root = mkdtempSync(join(tmpdir(), 'zones-routing-'))
afterAll(() => rmSync(root, { recursive: true }))

test('a stage without facts has the routing of the topology, and so has a laptop', () => {
  expect(ownRouting(root, 'staging')).toBe('host')
  expect(ownRouting(root, 'local')).toBe('host')
})

test('what the facts of a stage say comes first, for that stage alone', () => {
  writeFacts(root, 'develop', { ...exampleFacts('develop'), routing: 'edge' })
  expect(ownRouting(root, 'develop')).toBe('edge')
  expect(ownRouting(root, 'production')).toBe('host')
})

test('facts that cannot be used say no routing, and how to mend them', () => {
  writeFacts(root, 'production', { ...exampleFacts('production'), routing: 'cloud' } as unknown as AccountFacts)
  expect(() => ownRouting(root, 'production')).toThrow(
    /routing: is host or edge\. Correct packages\/topology\/accounts/,
  )
})
