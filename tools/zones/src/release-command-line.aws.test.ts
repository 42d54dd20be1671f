import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { DeleteBucketPolicyCommand, S3Client } from '@aws-sdk/client-s3'
import { PutSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager'
import { type Cloud as Emulator, startCloud } from '@sax/cloud'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { applyPorts, develop, settingsOf, wholeStage } from '../test/infra/emulator.ts'
import { connectStage } from './asking/connect-stage.ts'
import { clientOptions } from './aws/client-settings.ts'
import { createReleasedFunctions } from './aws/released-functions.ts'
import { createBuckets } from './aws/s3-bucket.ts'
import { infraApply } from './commands/infra-apply.ts'
import { recordSchema } from './release/record.ts'
import { stageLayout } from './release/stage-layout.ts'
import { writeRunnable } from './release/test/runnable-artefact.ts'

const zones = fileURLToPath(new URL('../bin/zones.mjs', import.meta.url))
const root = mkdtempSync(join(tmpdir(), 'sax-releases-'))
const layout = stageLayout('develop', develop)
let emulator: Emulator

beforeAll(async () => {
  const [domain = '', id = ''] = Object.entries(develop.hostedZones)[0] ?? []
  emulator = await startCloud({ accountId: develop.accountId, hostedZones: [{ domain, id }], functions: {} })
  expect(await infraApply({ stage: 'develop', yes: true }, applyPorts(emulator, wholeStage()))).toMatchObject({
    kind: 'done',
  })
  const options = clientOptions(settingsOf(emulator))
  // moto does not read conditions: it takes the refusal of whoever comes without TLS for a refusal of everybody.
  const s3 = new S3Client({ ...options, forcePathStyle: true })
  for (const Bucket of [layout.releaseBucket, ...layout.assetBuckets.map(({ bucket }) => bucket)]) {
    await s3.send(new DeleteBucketPolicyCommand({ Bucket }))
  }
  s3.destroy()
  const secrets = new SecretsManagerClient(options)
  for (const [name, value] of [
    ['auth0', { clientSecret: 'a'.repeat(40) }],
    ['user-context', { current: 'b'.repeat(40) }],
    ['session', { current: 'c'.repeat(40) }],
    ['twilio', { authToken: 'd'.repeat(32) }],
  ] as const) {
    const SecretId = `sleepconnect/develop/${name}`
    await secrets.send(new PutSecretValueCommand({ SecretId, SecretString: JSON.stringify(value) }))
  }
  secrets.destroy()
  mkdirSync(join(root, 'packages/topology/accounts'), { recursive: true })
  writeFileSync(join(root, 'packages/topology/accounts/develop.json'), JSON.stringify(develop))
}, 120_000)
afterAll(async () => {
  rmSync(root, { recursive: true, force: true })
  await emulator.stop()
})

interface Ended {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

/** The command as a shell starts it, killed at once after the call of that name reached AWS. */
function run(args: readonly string[], killedAt?: string): Promise<Ended> {
  const { PATH = '', HOME = '' } = process.env
  const before = emulator.calls().length
  const child = spawn(process.execPath, [zones, ...args], {
    env: {
      PATH,
      HOME,
      NO_COLOR: '1',
      SAX_ACCOUNTS_ROOT: root,
      SAX_POLL_MS: '20',
      AWS_MAX_ATTEMPTS: '2',
      ...emulator.env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const looking = setInterval(() => {
    const isThere = emulator
      .calls()
      .slice(before)
      .some(({ action }) => action === killedAt)
    if (isThere) child.kill('SIGKILL')
  }, 3)
  const text = { stdout: '', stderr: '' }
  child.stdout.on('data', (chunk) => {
    text.stdout += chunk
  })
  child.stderr.on('data', (chunk) => {
    text.stderr += chunk
  })
  return new Promise((resolve) =>
    child.once('close', (code) => {
      clearInterval(looking)
      // What a dead process had sent is done or not when the next one comes.
      void emulator.quiet().then(() => resolve({ code, ...text }))
    }),
  )
}

const without = ['check', 'test', 'infra-check', 'rehearsal'].flatMap((gate) => ['--without-gate', gate])
const deploying = (folder: string, ...more: readonly string[]) =>
  [
    'deploy',
    'develop',
    '--artefact',
    folder,
    '--lock-ttl',
    '1',
    ...without,
    '--because',
    'tried by a test',
    ...more,
  ] as const
const aliases = async () => {
  const functions = createReleasedFunctions(settingsOf(emulator))
  return Promise.all(layout.functions.map(async ({ functionName }) => (await functions.alias(functionName))?.version))
}
const untouched = layout.functions.map(() => '1')

test('exit codes: 0 for a plan, 1 for a refusal, 2 for what was begun and did not go live', {
  timeout: 180_000,
}, async () => {
  const [good, broken] = [join(root, 'good'), join(root, 'broken')]
  writeRunnable(good, '1.0.0')
  writeRunnable(broken, '1.1.0', 'outreach-server')
  const [planned, wordless, ungated, idle, idleLook] = await Promise.all([
    run(deploying(good, '--dry-run').filter((word) => word !== '--lock-ttl' && word !== '1')),
    run(['deploy', 'develop']),
    run(['deploy', 'develop', '--artefact', good]),
    run(['deploy', 'develop', '--artefact', good, '--because', 'tried by a test']),
    run(['verify', 'local', '--quick']),
  ])
  expect(planned).toMatchObject({ code: 0, stdout: expect.stringContaining('1.0.0-') })
  expect(wordless).toMatchObject({ code: 1, stderr: expect.stringContaining('--artefact') })
  const noEffect = { stdout: '', stderr: expect.stringContaining('has no effect: ') }
  expect(idle).toEqual({ code: 1, ...noEffect })
  // As whatever makes no sense to a command that only looks.
  expect(idleLook).toEqual({ code: 2, ...noEffect })
  expect(ungated).toMatchObject({
    code: 1,
    stderr: expect.stringMatching(/gate rehearsal[\s\S]*Nothing was changed\./),
  })
  expect(await run(['rollback', 'develop'])).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('No release is live'),
  })
  expect(await run(deploying(broken))).toMatchObject({
    code: 2,
    stderr: expect.stringMatching(/outreach-server fails \(TypeError\)[\s\S]*no alias was moved/),
  })
  expect(await aliases()).toEqual(untouched)
})

// With a release that was live before it, killed at any step: release-killed.aws.test.ts.
test('D11: killed between two aliases when nothing was live before, a rollback puts all of them back', {
  timeout: 180_000,
}, async () => {
  const folder = join(root, 'flipping')
  writeRunnable(folder, '3.0.0')
  expect(await run(deploying(folder), 'UpdateAlias')).toMatchObject({ code: null })
  expect(await aliases()).not.toEqual(untouched)
  const undone = await run(['rollback', 'develop', '--lock-ttl', '1'])
  expect(undone).toMatchObject({ code: 0, stdout: expect.stringContaining('nothing was live before') })
  expect(await aliases()).toEqual(untouched)
})

test('what versions took to start is written down as Lambda reports it, and found once people reach them', {
  timeout: 180_000,
}, async () => {
  const folder = join(root, 'measured')
  const { release } = writeRunnable(folder, '4.0.0', 'outreach-server')
  expect(await run(deploying(folder))).toMatchObject({ code: 2 })
  const releases = createBuckets(settingsOf(emulator))(layout.releaseBucket)
  const key = (await releases.keys('records/')).find((name) => name.includes(release)) ?? ''
  const { starts = [] } = recordSchema.parse(JSON.parse((await releases.read(key))?.text ?? 'null'))
  const role = 'sleep-connect-server'
  const own = starts.filter((start) => start.role === role)
  // It minted the tokens that the others were tried with; the first of these calls had to wait for it.
  expect(own.length).toBeGreaterThan(0)
  for (const { initMs } of own) expect(initMs).toBeGreaterThan(0)

  for (const [name, value] of Object.entries(emulator.env)) vi.stubEnv(name, value)
  const env = {
    ...{ accountsRoot: root, awsEndpoint: emulator.env.AWS_ENDPOINT_URL, awsMaxAttempts: 2, pollMs: 20 },
    rehearsal: undefined,
  }
  const connected = await connectStage('develop', env, () => performance.now())
  const asked = () => connected.ask(() => ({ why: 'nobody signs in here' }))({ kind: 'starts', roles: [role] })
  try {
    expect(await asked()).toEqual({ kind: 'starts', starts: [] })
    const functions = createReleasedFunctions(settingsOf(emulator))
    const { functionName = '' } = layout.functions.find((one) => one.role === role) ?? {}
    const revision = (await functions.alias(functionName))?.revisionId ?? ''
    await functions.moveAlias(functionName, own[0]?.version ?? '', revision)
    expect(await asked()).toEqual({
      kind: 'starts',
      starts: own.map(({ initMs, at }) => ({ role, initMs, of: `deploy of ${release} at ${at}` })),
    })
  } finally {
    connected.close()
    vi.unstubAllEnvs()
  }
})
