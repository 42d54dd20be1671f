import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { readSources } from './sources.ts'

let root = ''
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'sax-sources-'))
  write('package.json', '{"version":"1.2.3"}')
  write('package-lock.json', '{}')
  write('.gitignore', 'node_modules/\n.env\n')
  write('apps/outreach/src/page.tsx', 'page')
  write('apps/outreach/src/page.test.tsx', 'test')
  write('packages/topology/src/index.ts', 'topology')
  write('docs/README.md', 'docs')
  write('apps/outreach/.env', 'SECRET=1')
  write('apps/outreach/node_modules/x/index.js', 'x')
  git('init', '-q')
  git('add', '.')
  git('-c', 'user.name=t', '-c', 'user.email=t@example.test', 'commit', '-qm', 'one')
})
afterEach(() => rmSync(root, { recursive: true, force: true }))

function write(path: string, text: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true })
  writeFileSync(join(root, path), text)
}
const git = (...args: readonly string[]) => execFileSync('git', args, { cwd: root })

const FILES = ['apps/outreach/src/page.tsx', 'package-lock.json', 'package.json', 'packages/topology/src/index.ts']

test('sources are what reaches a release: no test, no document, no settings of this machine', () => {
  const { files, version, commit, committed } = readSources(root)
  expect(files).toEqual(FILES)
  expect([version, committed]).toEqual(['1.2.3', true])
  expect(commit).toMatch(/^[0-9a-f]{40}$/)
})

test('a copy without git has the same digest, and no commit', () => {
  const copy = `${root}-copy`
  cpSync(root, copy, { recursive: true, filter: (path) => !path.endsWith('.git') })
  const { digest, commit, committed, files } = readSources(copy)
  rmSync(copy, { recursive: true })
  expect(files).toEqual(FILES)
  expect([digest, commit, committed]).toEqual([readSources(root).digest, 'unknown', false])
})

test.each<[what: string, path: string, changed: boolean]>([
  ['a source', 'apps/outreach/src/page.tsx', true],
  ['a new file that nobody committed', 'apps/outreach/src/other.tsx', true],
  ['the lock file', 'package-lock.json', true],
  ['a test', 'apps/outreach/src/page.test.tsx', false],
  ['a document', 'docs/README.md', false],
  ['settings of this machine', 'apps/outreach/.env', false],
])('a change of %s', (_what, path, changed) => {
  const before = readSources(root).digest
  write(path, '{"changed":true,"version":"1.2.3"}')
  const after = readSources(root)
  expect([after.digest !== before, after.committed]).toEqual([changed, !changed])
})

test('a source that was removed since the commit is a change', () => {
  rmSync(join(root, 'packages/topology/src/index.ts'))
  expect(readSources(root).committed).toBe(false)
})

test.each(['{}', '{"version":"1.2"}', 'no json'])('a package.json of %j is refused', (text) => {
  write('package.json', text)
  expect(() => readSources(root)).toThrow('says a version like 1.2.3')
})
