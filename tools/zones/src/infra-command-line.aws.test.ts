import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Cloud as Emulator } from '@sax/cloud'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { develop, startEmulator } from '../test/infra/emulator.ts'

const zones = fileURLToPath(new URL('../bin/zones.mjs', import.meta.url))
const root = mkdtempSync(join(tmpdir(), 'sax-command-line-'))
let emulator: Emulator
beforeAll(async () => {
  emulator = await startEmulator()
})
beforeEach(() => emulator.reset())
afterAll(async () => {
  rmSync(root, { recursive: true, force: true })
  await emulator.stop()
})

interface Ended {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
  readonly stdout: string
  readonly stderr: string
}

/** The command as a shell starts it, in no terminal. */
function run(
  args: readonly string[],
  env: Readonly<Record<string, string>> = emulator.env,
): { child: ChildProcess; ended: Promise<Ended> } {
  const { PATH = '', HOME = '' } = process.env
  const child = spawn(process.execPath, [zones, ...args], {
    env: { PATH, HOME, NO_COLOR: '1', SAX_ACCOUNTS_ROOT: root, SAX_POLL_MS: '20', AWS_MAX_ATTEMPTS: '2', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const text = { stdout: '', stderr: '' }
  child.stdout?.on('data', (chunk) => {
    text.stdout += chunk
  })
  child.stderr?.on('data', (chunk) => {
    text.stderr += chunk
  })
  return {
    child,
    ended: new Promise((resolve) => child.once('close', (code, signal) => resolve({ code, signal, ...text }))),
  }
}
const ended = (...args: readonly string[]) => run(args).ended

test('D11, D12: a stage from nothing: facts, plan, application, secrets, status, drift; exit codes throughout', {
  timeout: 300_000,
}, async () => {
  const facts = join(root, 'facts.json')
  writeFileSync(facts, JSON.stringify(develop))
  expect(await ended('infra', 'plan', 'develop', '--online')).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('npx zones infra init develop'),
  })
  expect(await ended('infra', 'init', 'develop', '--from', facts)).toMatchObject({ code: 0 })
  expect(JSON.parse(readFileSync(join(root, 'packages/topology/accounts/develop.json'), 'utf8'))).toEqual(develop)

  const planned = await ended('infra', 'plan', 'develop', '--online', '--json')
  expect(planned.code).toBe(0)
  expect(JSON.parse(planned.stdout)).toMatchObject({ stage: 'develop', verdict: 'accepted' })
  expect(await ended('infra', 'status', 'develop')).toMatchObject({
    code: 1,
    stdout: expect.stringContaining('missing'),
  })
  expect(await ended('infra', 'apply', 'develop')).toMatchObject({ code: 1, stderr: expect.stringContaining('--yes') })

  // Killed in the middle of CloudFormation's work, as a closed lid would.
  const killed = run(['infra', 'apply', 'develop', '--yes'])
  const begun = Promise.withResolvers<void>()
  const looking = setInterval(() => {
    if (emulator.calls().some(({ action }) => action === 'ExecuteChangeSet')) begun.resolve()
  }, 5)
  await begun.promise
  clearInterval(looking)
  killed.child.kill('SIGKILL')
  expect(await killed.ended).toMatchObject({ signal: 'SIGKILL' })

  const applied = await ended('infra', 'apply', 'develop', '--yes')
  expect(applied).toMatchObject({ code: 0, stdout: expect.stringContaining('OutreachDistributionId: E') })
  expect(applied.stderr).toContain('sleepconnect-develop: CREATE_COMPLETE')
  const baseline = JSON.parse(readFileSync(join(root, 'infra/baselines/develop/site.json'), 'utf8')) as {
    accountId: string
  }
  expect(baseline.accountId).toBe(develop.accountId)
  expect(await ended('infra', 'plan', 'develop')).toMatchObject({
    code: 0,
    stdout: expect.stringContaining('Nothing to change.'),
  })
  expect(await ended('infra', 'drift', 'develop')).toMatchObject({
    code: 0,
    stdout: expect.stringContaining('Nothing of what can be compared was changed by hand.'),
  })

  expect(await ended('secrets', 'check', 'develop')).toMatchObject({ code: 1 })
  expect(
    await ended('secrets', 'set', 'develop', '--generate', 'user-context', '--generate', 'session', '--yes'),
  ).toMatchObject({ code: 0 })
  const status = await ended('infra', 'status', 'develop')
  expect(status.code).toBe(1)
  expect(status.stdout).toMatch(/sleepconnect\/develop\/twilio\s+holds no value/)
  expect(status.stdout).not.toMatch(/sleepconnect\/develop\/user-context\s+holds no value/)
  expect(await ended('infra', 'cost', 'develop')).toMatchObject({ code: 0 })
})

test('an unknown option is refused before any change: 1 for what changes something, 2 for what looks', async () => {
  expect(await ended('infra', 'apply', 'develop', '--force')).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('--force'),
  })
  expect(await ended('secrets', 'set')).toMatchObject({ code: 1 })
  expect(await ended('infra', 'plan', 'develop', '--force')).toMatchObject({ code: 2 })
  expect(await ended('infra', 'status', 'devel')).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('No stage of that name'),
  })
  expect(emulator.calls()).toEqual([])
})

test('without credentials it says how to get some', async () => {
  const { AWS_ACCESS_KEY_ID: _id, AWS_SECRET_ACCESS_KEY: _key, ...nobody } = emulator.env
  writeFileSync(join(root, 'facts.json'), JSON.stringify(develop))
  await ended('infra', 'init', 'develop', '--from', join(root, 'facts.json'))
  expect(await run(['infra', 'apply', 'develop', '--yes'], nobody).ended).toMatchObject({
    code: 1,
    stderr: expect.stringMatching(/There are no AWS credentials here\. Sign in/),
  })
})

test('Ctrl-C before anything is changed changes nothing', async () => {
  writeFileSync(join(root, 'facts.json'), JSON.stringify(develop))
  await ended('infra', 'init', 'develop', '--from', join(root, 'facts.json'))
  // CloudFormation takes its time to think, and the person does not.
  emulator.inject({ service: 'cloudformation', action: 'DescribeChangeSet', effect: { kind: 'delay', ms: 300 } })
  const { child, ended: outcome } = run(['infra', 'apply', 'develop', '--yes'])
  const asked = Promise.withResolvers<void>()
  const looking = setInterval(() => {
    if (emulator.calls().some(({ action }) => action === 'CreateChangeSet')) asked.resolve()
  }, 5)
  await asked.promise
  clearInterval(looking)
  child.kill('SIGINT')
  expect(await outcome).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('Interrupted. No stack was changed.'),
  })
  expect(emulator.calls().filter(({ action }) => action === 'ExecuteChangeSet')).toEqual([])
})
