import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { readSources } from './sources.ts'
import { prepareWorkspace } from './workspace.ts'

let root = ''
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'sax-workspace-'))
  write('installed/package-lock.json', '{"of":"these"}')
  write('installed/node_modules/next/index.js', 'next')
  write('installed/node_modules/.cache/x', 'cache')
  write('installed/apps/outreach-api/node_modules/pg/index.js', 'pg')
  mkdirSync(join(root, 'installed/node_modules/@sax'))
  symlinkSync('../../packages/topology', join(root, 'installed/node_modules/@sax/topology'))
  write('source/package.json', '{"version":"2.0.0"}')
  write('source/package-lock.json', '{"of":"these"}')
  write('source/apps/outreach-api/src/lambda.ts', 'lambda')
  write('source/packages/topology/src/index.ts', 'of the source')
  write('source/apps/outreach-api/.env', 'SECRET=1')
})
afterEach(() => rmSync(root, { recursive: true, force: true }))

function write(path: string, text: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true })
  writeFileSync(join(root, path), text)
}
const at = (path: string) => join(root, path)
const prepare = () => prepareWorkspace(readSources(at('source')), at('work'), at('installed'))

test('sources are copied, packages are the installed ones under a second name, and workspaces lead to the copy', () => {
  prepare()
  expect(readFileSync(at('work/node_modules/@sax/topology/src/index.ts'), 'utf8')).toBe('of the source')
  expect(statSync(at('work/node_modules/next/index.js')).ino).toBe(
    statSync(at('installed/node_modules/next/index.js')).ino,
  )
  expect(existsSync(at('work/apps/outreach-api/node_modules/pg/index.js'))).toBe(true)
})

test('settings of one machine and what others keep for themselves stay behind', () => {
  prepare()
  expect([existsSync(at('work/apps/outreach-api/.env')), existsSync(at('work/node_modules/.cache'))]).toEqual([
    false,
    false,
  ])
})

test('sources that want other packages than those installed are refused', () => {
  write('source/package-lock.json', '{"of":"others"}')
  expect(prepare).toThrow('The sources want other packages than those installed here')
})

test('sources that bring their own packages are built with them', () => {
  write('source/package-lock.json', '{"of":"others"}')
  write('source/node_modules/next/index.js', 'another next')
  prepare()
  expect(readFileSync(at('work/node_modules/next/index.js'), 'utf8')).toBe('another next')
})
