import { expect, test } from 'vitest'
import { deploy } from '../commands/deploy.ts'
import { rollback } from '../commands/rollback.ts'
import { LIVE_KEY } from '../release/bucket-keys.ts'
import { liveSchema } from '../release/live-set.ts'
import { recordSchema } from '../release/record.ts'
import { Killed, type MemoryStage, memoryStage, STARTS_MS } from '../release/test/memory-stage.ts'
import { tinyArtefact } from '../release/test/tiny-artefact.ts'
import { writtenStarts } from './written-starts.ts'

const one = tinyArtefact({ version: '1.0.0' })
const two = tinyArtefact({ version: '2.0.0' })
const usual = { stage: 'develop', zone: undefined, dryRun: false, json: false, overrides: [], lockTtlSec: 60 } as const
const roles = ['sleep-connect-server', 'outreach-server', 'outreach-api-routes', 'outreach-api']

const bring = async (stage: MemoryStage, artefact: typeof one, zone?: string) =>
  expect(await deploy({ ...usual, zone }, stage.process().deployPorts(artefact))).toMatchObject({ kind: 'done' })

/** What is known of each role's start, as `command of release`. */
async function known(stage: MemoryStage): Promise<Readonly<Record<string, string>>> {
  const live = new Map(
    stage.layout.functions.map(({ role, functionName }) => {
      const fn = stage.functions.get(functionName)
      return [role, fn === undefined ? [] : [fn.alias.version]] as const
    }),
  )
  const { releases } = stage.process().ports
  const starts = await writtenStarts(roles, { releases, liveVersions: async () => live })
  for (const { initMs } of starts) expect(initMs).toBe(STARTS_MS)
  return Object.fromEntries(starts.map(({ role, of }) => [role, of.replace(/ at 2026-11-28T[\d:.]+Z$/, '')]))
}

const allOf = (told: string) => Object.fromEntries(roles.map((role) => [role, told]))

/** Rewrites every record of the stage. */
function rewrite(stage: MemoryStage, change: (record: Record<string, unknown>) => unknown): void {
  const objects = stage.buckets.get(stage.layout.releaseBucket)
  for (const [key, object] of objects ?? []) {
    if (!key.startsWith('records/')) continue
    const record = JSON.parse(new TextDecoder().decode(object.bytes)) as Record<string, unknown>
    objects?.set(key, { ...object, bytes: new TextEncoder().encode(JSON.stringify(change(record))) })
  }
}

test('a release writes down how long each version took to start that it brings', async () => {
  const stage = memoryStage()
  await bring(stage, one)
  expect(await known(stage)).toEqual(allOf(`deploy of ${one.manifest.release}`))
})

test('where a zone was released alone, each start is that of the version that people reach', async () => {
  const stage = memoryStage()
  await bring(stage, one)
  await bring(stage, two, 'outreach')
  const late = `deploy of ${two.manifest.release}`
  expect(await known(stage)).toEqual({
    ...allOf(`deploy of ${one.manifest.release}`),
    'outreach-server': late,
    'outreach-api-routes': late,
  })
})

test('going back to versions that run still, their starts are those of their deployment; else those on the way back', async () => {
  const stage = memoryStage()
  await bring(stage, one)
  await bring(stage, two)
  expect(await rollback({ ...usual, to: undefined }, stage.process().deployPorts(one))).toMatchObject({ kind: 'done' })
  expect(await known(stage)).toEqual(allOf(`deploy of ${one.manifest.release}`))
  // Nobody has come for so long that Lambda has ended them.
  stage.running.clear()
  expect(await rollback({ ...usual, to: two.manifest.release }, stage.process().deployPorts(one))).toMatchObject({
    kind: 'done',
  })
  expect(await known(stage)).toEqual(allOf(`rollback of ${two.manifest.release}`))
})

test('a run that died between its aliases leaves what it measured to the one that continues it', async () => {
  const stage = memoryStage()
  await bring(stage, one)
  const counting = memoryStage()
  await bring(counting, one)
  const process = counting.process()
  await deploy(usual, process.deployPorts(two))
  const call = process.calls.findIndex((name) => name.startsWith('functions.moveAlias')) + 1
  const dying = stage.process({ breaking: { call, when: 'after' } })
  await expect(deploy(usual, dying.deployPorts(two))).rejects.toBeInstanceOf(Killed)
  await bring(stage, two)
  expect(await known(stage)).toEqual(allOf(`deploy of ${two.manifest.release}`))
})

test('a record from before starts were written down is read as ever, and names none', async () => {
  const stage = memoryStage()
  await bring(stage, one)
  rewrite(stage, ({ starts: _starts, ...older }) => recordSchema.parse(older))
  expect(await known(stage)).toEqual({})
  const live = await stage.process().ports.releases.read(LIVE_KEY)
  expect(liveSchema.parse(JSON.parse(live?.text ?? 'null')).current.functions).toHaveProperty('outreach-api')
})

test('a record that only a newer version can read is passed over, and the one before it counts', async () => {
  const stage = memoryStage()
  await bring(stage, one)
  const before = await known(stage)
  await bring(stage, one)
  rewrite(stage, (record) => (Array.isArray(record.starts) && record.starts.length === 0 ? { format: 2 } : record))
  expect(await known(stage)).toEqual(before)
})
