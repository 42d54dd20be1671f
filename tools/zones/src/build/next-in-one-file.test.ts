import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { nextInOneFile } from './next-in-one-file.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sax-one-file-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const inNext = (path: string) => join(folder, 'node_modules/next/dist', path)

function write(files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files)) {
    const file = path.startsWith('app/') ? join(folder, path) : inNext(path)
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, text)
  }
}

/** A server of four modules, with a runtime and a page beside it that share one of them. */
const server = {
  'server/next-server.js':
    "exports.state = require('./state.external'); exports.page = () => require('../compiled/runtime.js'); exports.own = require('../lib/own.js'); exports.late = () => require('./late')",
  'server/state.external.js': 'exports.number = Math.random()',
  'server/late.js': 'globalThis.lateRuns = (globalThis.lateRuns ?? 0) + 1; module.exports = class Late {}',
  'lib/own.js': "exports.place = require('./place').folder; exports.mode = process.env.NODE_ENV",
  'lib/place.js': 'exports.folder = __dirname',
  'compiled/runtime.js': "exports.state = require('next/dist/server/state.external.js')",
  'app/page.js': "exports.state = require('next/dist/server/state.external.js')",
}

test('what was many files is one, and answers as before', async () => {
  write(server)
  await nextInOneFile(folder)
  const required = createRequire(join(folder, 'index.js'))
  const { own, late } = required('next/dist/server/next-server.js')
  expect(own).toEqual({ place: inNext('lib'), mode: 'production' })
  expect(late().name).toBe('Late')
  expect(['server/late.js', 'lib/own.js'].filter((path) => existsSync(inNext(path)))).toEqual([])
})

test('a module that a page or a runtime asks for as well is still one', async () => {
  write(server)
  await nextInOneFile(folder)
  const required = createRequire(join(folder, 'index.js'))
  const { state, page } = required('next/dist/server/next-server.js')
  expect(page().state).toBe(state)
  expect(required('./app/page.js').state).toBe(state)
})

test('a module is run when it is asked for and not before, and once', async () => {
  write(server)
  await nextInOneFile(folder)
  const { late } = createRequire(join(folder, 'index.js'))('next/dist/server/next-server.js')
  expect(Reflect.get(globalThis, 'lateRuns')).toBe(1)
  expect(late()).toBe(late())
  expect(Reflect.get(globalThis, 'lateRuns')).toBe(2)
})

test('the same files make the same file, wherever they lie', async () => {
  write(server)
  await nextInOneFile(folder)
  const first = readFileSync(inNext('in-one-file.js'))
  rmSync(folder, { recursive: true })
  folder = mkdtempSync(join(tmpdir(), 'sax-one-file-elsewhere-'))
  write(server)
  await nextInOneFile(folder)
  expect(readFileSync(inNext('in-one-file.js'))).toEqual(first)
  expect(first.toString()).not.toContain(tmpdir())
})
