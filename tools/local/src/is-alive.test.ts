import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { expect, test, vi } from 'vitest'
import { isAlive } from './is-alive.ts'

test('a process is alive until it has ended', async () => {
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'])
  const { pid = 0 } = child
  expect(isAlive(pid)).toBe(true)
  const ended = once(child, 'exit')
  child.kill()
  await ended
  expect(isAlive(pid)).toBe(false)
})

test('this one is, and a number that no process has is not', () => {
  expect(isAlive(process.pid)).toBe(true)
  expect(isAlive(2 ** 22 + 1)).toBe(false)
})

test.runIf(process.platform === 'linux')('one that ended and was not looked after is not alive', async () => {
  // The shell leaves its child unlooked-after, for it has become another program that knows nothing of it. The child ends
  // later than that: the shell itself would look after it.
  const parent = spawn('sh', ['-c', 'sleep 0.3 & echo $!; exec sleep 30'], { stdio: ['ignore', 'pipe', 'ignore'] })
  const [line] = (await once(parent.stdout, 'data')) as [Buffer]
  await vi.waitFor(() => expect(isAlive(Number(line.toString()))).toBe(false), { timeout: 5000, interval: 20 })
  expect(isAlive(parent.pid ?? 0)).toBe(true)
  expect(() => process.kill(Number(line.toString()), 0)).not.toThrow()
  parent.kill()
})
