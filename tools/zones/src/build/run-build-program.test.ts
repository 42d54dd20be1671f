import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { runBuildProgram } from './run-build-program.ts'

let scratch = ''
beforeEach(() => {
  scratch = mkdtempSync(join(tmpdir(), 'sax-program-'))
})
afterEach(() => rmSync(scratch, { recursive: true, force: true }))

const run = (text: string, more: { under?: readonly string[]; signal?: AbortSignal } = {}) =>
  runBuildProgram({
    what: 'outreach',
    args: ['-e', text],
    cwd: scratch,
    settings: { SAX_BUILD_ID: 'r' },
    scratch,
    ...more,
  })
const written = () => readFileSync(join(scratch, 'out'), 'utf8')
const WRITE = "require('node:fs').writeFileSync('out', "

test('a program knows nothing of what happens to be set on this machine', async () => {
  process.env.NEXT_PUBLIC_LEAK = 'of this machine'
  await run(`${WRITE}Object.keys(process.env).toSorted().join(' '))`)
  delete process.env.NEXT_PUBLIC_LEAK
  expect(written()).toBe('CI HOME LANG NEXT_TELEMETRY_DISABLED NODE_ENV PATH SAX_BUILD_ID TMPDIR TZ')
})

test('a program that fails is told with the last it said', async () => {
  await expect(run("console.error('no such component'); process.exit(1)")).rejects.toThrow(
    'outreach could not be built. The last it said:\nno such component',
  )
})

test('a program is put under another one', async () => {
  await run(`${WRITE}process.env.UNDER)`, { under: ['env', 'UNDER=yes'] })
  expect(written()).toBe('yes')
})

test('a build that is broken off ends with everything it started', async () => {
  const stop = new AbortController()
  const running = run(
    `const child = require('node:child_process').spawn(process.execPath, ['-e', 'setInterval(() => undefined, 1000)'])
    ${WRITE}String(child.pid)); setInterval(() => undefined, 1000)`,
    { signal: stop.signal },
  )
  await vi.waitFor(() => expect(existsSync(join(scratch, 'out')) && written()).toMatch(/^\d+$/), {
    timeout: 9000,
    interval: 20,
  })
  const child = Number(written())
  stop.abort()
  await expect(running).rejects.toThrow('was broken off')
  await vi.waitFor(() => expect(() => process.kill(child, 0)).toThrow('ESRCH'), { timeout: 9000, interval: 20 })
})
