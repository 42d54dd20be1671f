import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { packagesInside } from './packages-inside.ts'

let root = ''
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'sax-packages-'))
})
afterEach(() => rmSync(root, { recursive: true, force: true }))

const lock = (packages: Readonly<Record<string, unknown>>) =>
  writeFileSync(join(root, 'package-lock.json'), JSON.stringify({ lockfileVersion: 3, packages }))

test('what an application can reach is inside, each version for itself, and what only builds it is not', () => {
  lock({
    'apps/web': { dependencies: { a: '1', '@own/contract': '1' }, devDependencies: { builder: '1' } },
    'node_modules/@own/contract': { resolved: 'packages/contract', link: true },
    'packages/contract': { dependencies: { b: '1' } },
    'node_modules/a': {
      version: '1.0.0',
      license: 'MIT',
      dependencies: { b: '2' },
      optionalDependencies: { missing: '1' },
    },
    'node_modules/a/node_modules/b': { version: '2.0.0' },
    'node_modules/b': { version: '1.0.0', integrity: 'sha512-AAAA' },
    'node_modules/builder': { version: '9.0.0' },
  })
  expect(packagesInside(root, ['apps/web']).map(({ name, version, folder }) => [name, version, folder])).toEqual([
    ['a', '1.0.0', 'node_modules/a'],
    ['b', '1.0.0', 'node_modules/b'],
    ['b', '2.0.0', 'node_modules/a/node_modules/b'],
  ])
})

test('a package that the lock file does not know is refused', () => {
  lock({ 'apps/web': { dependencies: { a: '1' } } })
  expect(() => packagesInside(root, ['apps/web'])).toThrow('does not know a. Run npm install.')
})
