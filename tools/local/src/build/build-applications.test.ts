import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { buildApplications } from './build-applications.ts'

let root = ''
let built: string[] = []

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'sax-build-'))
  built = []
  write('apps/sleepconnect/src/page.tsx', 'host')
  write('apps/outreach/src/page.tsx', 'zone')
  write('packages/topology/src/index.ts', 'topology')
  write('tools/edge/src/edge.ts', 'edge')
  write('package-lock.json', '{}')
  write('tsconfig.base.json', '{}')
})
afterEach(() => rmSync(root, { recursive: true, force: true }))

function write(path: string, text: string): void {
  mkdirSync(join(root, path, '..'), { recursive: true })
  writeFileSync(join(root, path), text)
}

const run = () =>
  buildApplications({
    root,
    say: () => undefined,
    nowMs: () => 0,
    build: async (_root, application) => {
      built.push(application)
      write(`apps/${application}/.next/BUILD_ID`, `build ${built.length}`)
    },
  })

test('what did not change is not built again', async () => {
  await run()
  await run()
  expect(built).toEqual(['sleepconnect', 'outreach'])
})

test.each<[what: string, path: string, rebuilt: readonly string[]]>([
  ['an application’s source', 'apps/outreach/src/page.tsx', ['outreach']],
  ['a new file', 'apps/outreach/src/other.tsx', ['outreach']],
  ['a package', 'packages/topology/src/index.ts', ['sleepconnect', 'outreach']],
  ['the lock file', 'package-lock.json', ['sleepconnect', 'outreach']],
  ['a test', 'apps/outreach/src/page.test.tsx', []],
  ['what the build writes itself', 'apps/outreach/next-env.d.ts', []],
])('a change of %s builds what it reaches', async (_what, path, rebuilt) => {
  await run()
  built = []
  write(path, 'changed')
  await run()
  expect(built).toEqual(rebuilt)
})

test('a build that somebody replaced or removed is built again', async () => {
  await run()
  built = []
  write('apps/outreach/.next/BUILD_ID', 'another')
  rmSync(join(root, 'apps/sleepconnect/.next'), { recursive: true })
  await run()
  expect(built).toEqual(['sleepconnect', 'outreach'])
})

test('a build that fails is not recorded', async () => {
  const failing = buildApplications({
    root,
    say: () => undefined,
    nowMs: () => 0,
    build: () => Promise.reject(new Error('sleepconnect could not be built')),
  })
  await expect(failing).rejects.toThrow('could not be built')
  await run()
  expect(built).toEqual(['sleepconnect', 'outreach'])
})
