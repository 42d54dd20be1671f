import { execFile } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, expect, test } from 'vitest'

// The check runs tests; should it ever run this one, it would go on for ever.
if (process.env.NOTED_CONNECTIONS !== undefined) throw new Error('this test runs inside of itself')

const run = promisify(execFile)
const at = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url))
const scratch = mkdtempSync(join(tmpdir(), 'sax-offline-'))
const noted = join(scratch, 'connections')
afterAll(() => rmSync(scratch, { recursive: true, force: true }))

// As a shell would start it: nothing of the run that this test belongs to.
const environment = Object.fromEntries(
  Object.entries(process.env).filter(
    ([name]) => !/^(VITEST|NODE_ENV$|TEST$|DEV$|PROD$|MODE$|SSR$|BASE_URL$|CI$)/.test(name),
  ),
)
const offline = {
  ...environment,
  NO_COLOR: '1',
  NOTED_CONNECTIONS: noted,
  NODE_OPTIONS: `--import ${at('test/offline/note-connections.mjs')}`,
  PYTHONPATH: at('test/offline/python'),
}
const connections = () => (existsSync(noted) ? readFileSync(noted, 'utf8') : '')

test('what looks for connections finds one', async () => {
  const asks = "fetch('http://127.0.0.1:59999/').catch(() => undefined)"
  await run(process.execPath, ['--input-type=module', '-e', asks], { env: offline })
  expect(connections()).toContain('connect 127.0.0.1:59999')
  rmSync(noted)
})

test('the infrastructure is proven under a minute, without a single connection, by all of its programs', {
  timeout: 240_000,
}, async () => {
  const startedMs = performance.now()
  const { stdout, stderr } = await run(process.execPath, [at('bin/zones.mjs'), 'infra', 'check'], {
    env: offline,
    maxBuffer: 64 * 1024 * 1024,
  })
  expect(connections()).toBe('')
  expect(stdout).toContain('The infrastructure may be applied as it is')
  expect(stderr).toMatch(/Templates of every stage, HIPAA pack: 9 templates, 0 findings/)
  expect(stderr).toMatch(/Assertions about the templates: \d+ hold, 0 do not/)
  // Told, not judged: how long it takes depends on what else the machine does.
  console.info(`infra check took ${((performance.now() - startedMs) / 1000).toFixed(1)} s`)
})
