import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'

/** Starts a sandbox whose function never stops working, with a child of its own, and says the ids of both and the folder. */
const PARENT = `
const at = (name) => new URL(name, 'file://' + process.argv[1])
const { startUndertaker } = await import(at('undertaker.ts'))
const { cpuShares } = await import(at('cpu-share.ts'))
const { Sandbox } = await import(at('sandbox.ts'))
const [scratch, folder] = process.argv.slice(2)
const shares = cpuShares('sax-test-' + process.pid)
const undertaker = startUndertaker(scratch, shares.folder)
const variables = (api) => ({
  LAMBDA_TASK_ROOT: folder, _HANDLER: 'index.handler', AWS_LAMBDA_RUNTIME_API: api, TZ: ':UTC',
})
const box = await Sandbox.start({
  folder, scratch, undertaker, variables, name: 'one', memoryMb: 1769, share: shares.shareOf(1769),
  world: (port) => ({ ownPorts: [port], postgres: [] }),
  onLine: (line) => console.log(box.pid + ' ' + line + ' ' + shares.folder),
})
`
const BUSY = `
import { spawn } from 'node:child_process'
const child = spawn('/bin/sleep', ['600'], { stdio: 'ignore' })
process.stdout.write(child.pid + '\\n')
setTimeout(() => { for (;;); }, 50)
export const handler = async () => 1
await new Promise(() => undefined)
`

let scratch: string
let folder: string
let parent: ChildProcess | undefined
beforeEach(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'orphans-'))
  folder = await mkdtemp(join(tmpdir(), 'task-'))
  await writeFile(join(folder, 'index.mjs'), BUSY)
})
afterEach(async () => {
  parent?.kill('SIGKILL')
  await rm(scratch, { recursive: true, force: true })
  await rm(folder, { recursive: true })
})

/** A process that was killed counts as gone before somebody has noted its end. */
function isAlive(pid: number): boolean {
  const { stdout } = spawnSync('ps', ['-o', 'stat=', '-p', String(pid)], { encoding: 'utf8' })
  return /^[^ZX\s]/.test(stdout)
}

test('nothing outlives a parent that is killed, however busy it is', async () => {
  const base = new URL('./sandbox.ts', import.meta.url)
  parent = spawn(process.execPath, ['--input-type=module', '-e', PARENT, fileURLToPath(base), scratch, folder], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const line = await new Promise<string>((resolve) => parent?.stdout?.once('data', (bytes) => resolve(String(bytes))))
  const [sandbox, grandchild, group = 'undefined'] = line.trim().split(' ')
  const pids = [Number(sandbox), Number(grandchild)]
  expect(pids.map(isAlive)).toEqual([true, true])
  parent.kill('SIGKILL')
  await vi.waitFor(() => expect(pids.map(isAlive)).toEqual([false, false]), { timeout: 8000, interval: 20 })
  await vi.waitFor(
    () => expect([existsSync(scratch), group !== 'undefined' && existsSync(group)]).toEqual([false, false]),
    {
      timeout: 5000,
    },
  )
})
