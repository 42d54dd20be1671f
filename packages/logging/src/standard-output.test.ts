import { spawn, spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const logger = JSON.stringify(new URL('./logger.ts', import.meta.url).href)
const program = (work: string) => ['--input-type=module', '-e', `import { createLogger } from ${logger}\n${work}`]
const cwd = fileURLToPath(new URL('.', import.meta.url))

test('a line is out in whole when the process ends right behind it', () => {
  const { stdout } = spawnSync(
    process.execPath,
    program(`createLogger({ service: 'x' }).info('a'.repeat(300_000), { part: '\\n' }); process.reallyExit(0)`),
    { cwd, encoding: 'utf8', maxBuffer: 1_000_000 },
  )
  expect(JSON.parse(stdout)).toMatchObject({ service: 'x', part: '\n', message: 'a'.repeat(300_000) })
  expect(stdout.indexOf('\n')).toBe(stdout.length - 1)
})

test('where nobody reads any more, work goes on', async () => {
  const child = spawn(
    process.execPath,
    program(`
      process.stdin.once('data', () => {
        const logger = createLogger({ service: 'x' })
        for (let i = 0; i < 100; i += 1) logger.info('a')
        process.exit(7)
      })`),
    { cwd, stdio: ['pipe', 'pipe', 'inherit'] },
  )
  child.stdout.destroy()
  child.stdin.write('go')
  expect(await new Promise((resolve) => child.once('exit', resolve))).toBe(7)
})
