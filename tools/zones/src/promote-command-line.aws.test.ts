import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3'
import type { Cloud as Emulator } from '@sax/cloud'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { develop, settingsOf, startEmulator } from '../test/infra/emulator.ts'
import { clientOptions } from './aws/client-settings.ts'
import { createBuckets } from './aws/s3-bucket.ts'
import { deploy } from './commands/deploy.ts'
import { promote } from './commands/promote.ts'
import { rollback } from './commands/rollback.ts'
import { type MemoryStage, memoryStage } from './release/test/memory-stage.ts'
import { tinyArtefact } from './release/test/tiny-artefact.ts'

const zones = fileURLToPath(new URL('../bin/zones.mjs', import.meta.url))
const root = mkdtempSync(join(tmpdir(), 'sax-promotion-'))
const one = tinyArtefact({ version: '1.0.0' })
const two = tinyArtefact({ version: '2.0.0' })
const overrides = ['check', 'test', 'infra-check', 'rehearsal'].map((gate) => ({ gate, because: 'tried by a test' }))
const how = { dryRun: false, json: false, overrides, lockTtlSec: 60 }
let emulator: Emulator

beforeAll(async () => {
  emulator = await startEmulator()
  const [from, to] = [memoryStage('develop'), memoryStage('staging')]
  const done = { kind: 'done' }
  for (const artefact of [one, two]) {
    const { deployPorts } = from.process()
    expect(await deploy({ stage: 'develop', zone: undefined, ...how }, deployPorts(artefact))).toMatchObject(done)
    const ports = { from: from.process().deployPorts(one), to: to.process().deployPorts(one) }
    expect(await promote({ from: 'develop', to: 'staging', ...how }, ports)).toMatchObject(done)
  }
  const back = { stage: 'develop', to: undefined, zone: undefined, json: false, lockTtlSec: 60 }
  expect(await rollback(back, from.process().deployPorts(one))).toMatchObject(done)
  for (const stage of [from, to]) await bring(stage)
  mkdirSync(join(root, 'packages/topology/accounts'), { recursive: true })
  for (const name of ['develop', 'staging']) {
    writeFileSync(join(root, 'packages/topology/accounts', `${name}.json`), JSON.stringify(develop))
  }
}, 60_000)
afterAll(async () => {
  rmSync(root, { recursive: true, force: true })
  await emulator.stop()
})

/** What a stage in memory has written down, into S3. */
async function bring({ layout, buckets }: MemoryStage): Promise<void> {
  const s3 = new S3Client({ ...clientOptions(settingsOf(emulator)), forcePathStyle: true })
  await s3.send(new CreateBucketCommand({ Bucket: layout.releaseBucket }))
  s3.destroy()
  const bucket = createBuckets(settingsOf(emulator))(layout.releaseBucket)
  for (const [key, { bytes, sha256 }] of buckets.get(layout.releaseBucket) ?? []) {
    await bucket.put(key, bytes, { sha256, contentType: 'application/json' }, 'any')
  }
}

/** The command as a shell starts it. */
function run(...args: readonly string[]): Promise<{ readonly code: number | null; readonly stderr: string }> {
  const { PATH = '', HOME = '' } = process.env
  const child = spawn(process.execPath, [zones, 'promote', 'develop', 'staging', ...args], {
    env: { PATH, HOME, NO_COLOR: '1', SAX_ACCOUNTS_ROOT: root, AWS_MAX_ATTEMPTS: '2', ...emulator.env },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let stderr = ''
  child.stderr.on('data', (chunk) => {
    stderr += chunk
  })
  return new Promise((resolve) => child.once('close', (code) => resolve({ code, stderr })))
}

test('a promotion that would go backwards ends with 1, says what to do, and has written nothing', async () => {
  const before = emulator.calls().length
  const { code, stderr } = await run()
  expect({ code, stderr: stderr.trim() }).toEqual({
    code: 1,
    stderr: [
      `${one.manifest.release} was live in staging before ${two.manifest.release}, which is live now: this would go backwards.`,
      `    Next: npx zones rollback staging --to ${one.manifest.release}; or --older, to bring it all the same`,
      'Nothing was changed.',
    ].join('\n'),
  })
  expect(
    emulator
      .calls()
      .slice(before)
      .filter(({ changes }) => changes),
  ).toEqual([])
})

test('with --older it is judged like any other', async () => {
  const { code, stderr } = await run('--older', '--dry-run')
  expect(stderr).not.toContain('backwards')
  // This stage is its bucket alone.
  expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringContaining('sleepconnect-staging does not exist') })
})
