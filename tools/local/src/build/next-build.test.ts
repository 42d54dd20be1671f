import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { isAlive } from '../is-alive.ts'
import { nextBuild } from './next-build.ts'

let root = ''
const application = 'outreach'
const within = { timeout: 9000, interval: 20 }

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'sax-next-build-'))
  chmodSync(root, 0o755)
  mkdirSync(join(root, 'apps', application), { recursive: true })
  mkdirSync(join(root, 'node_modules/next/dist/bin'), { recursive: true })
})
afterEach(() => rmSync(root, { recursive: true, force: true }))

/** Stands in the place of Next's own program. */
const program = (text: string) => writeFileSync(join(root, 'node_modules/next/dist/bin/next'), text)

test('a build that fails is told with what it said', async () => {
  program("console.error('no such component'); process.exit(1)")
  await expect(nextBuild(root, application)).rejects.toThrow('outreach could not be built:\nno such component')
})

test('a build that is not wanted any more ends with everything it started', async () => {
  program(`
    const { spawn } = require('node:child_process')
    const child = spawn(process.execPath, ['-e', 'setInterval(() => undefined, 1000)'])
    process.on('SIGTERM', () => undefined)
    require('node:fs').writeFileSync('pids', process.pid + ' ' + child.pid)
    setInterval(() => undefined, 1000)`)
  const stop = new AbortController()
  const build = nextBuild(root, application, stop.signal)
  const pids = join(root, 'apps', application, 'pids')
  await vi.waitFor(() => expect(existsSync(pids) && readFileSync(pids, 'utf8')).toMatch(/^\d+ \d+$/), within)
  stop.abort()
  await expect(build).rejects.toThrow('the build of outreach was stopped')
  const started = readFileSync(pids, 'utf8').split(' ').map(Number)
  await vi.waitFor(() => expect(started.filter(isAlive)).toEqual([]), within)
})

test('a build that nobody wanted any more before it began is not begun', async () => {
  program("require('node:fs').writeFileSync('begun', '')")
  await expect(nextBuild(root, application, AbortSignal.abort())).rejects.toThrow('was stopped')
  expect(existsSync(join(root, 'apps', application, 'begun'))).toBe(false)
})
