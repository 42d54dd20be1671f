import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { endWithUs } from './end-with-us.ts'

const module = fileURLToPath(new URL('./end-with-us.ts', import.meta.url))

test('a process ends with the one that looked after it, killed without a word', async () => {
  const watched = spawn('/bin/sh', ['-c', 'sleep 60'], { stdio: 'ignore' })
  const ended = once(watched, 'exit')
  const script = `import { endWithUs } from ${JSON.stringify(module)}
    endWithUs(${watched.pid}, 'KILL'); console.log('ready'); setInterval(() => {}, 1000)`
  const keeper = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  await once(keeper.stdout, 'data')
  keeper.kill('SIGKILL')
  expect(await ended).toEqual([null, 'SIGKILL'])
})

test('what was called off leaves it alone', async () => {
  const watched = spawn('/bin/sh', ['-c', 'read -r _; exit 7'], { stdio: ['pipe', 'ignore', 'ignore'] })
  const ended = once(watched, 'exit')
  await endWithUs(watched.pid ?? 0, 'KILL')()
  watched.stdin?.end('\n')
  expect(await ended).toEqual([7, null])
})
