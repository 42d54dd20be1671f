import { expect, test } from 'vitest'
import { AwsFailure } from '../aws/aws-failure.ts'
import { memoryBucket } from '../release/test/memory-bucket.ts'
import { type MemoryStage, memoryStage, reached } from '../release/test/memory-stage.ts'
import { tinyArtefact } from '../release/test/tiny-artefact.ts'
import { deploy } from './deploy.ts'
import { type PruneArguments, type PrunePorts, prune } from './prune.ts'
import { rollback } from './rollback.ts'

const artefacts = ['1.0.0', '2.0.0', '3.0.0', '4.0.0'].map((version) => tinyArtefact({ version }))
const [one, two, , four] = artefacts
if (one === undefined || two === undefined || four === undefined) throw new Error('four were made')
const deploying = { stage: 'develop', zone: undefined, dryRun: false, json: false, overrides: [], lockTtlSec: 60 }
const usual: PruneArguments = { stage: 'develop', keep: 1, dryRun: false, lockTtlSec: 60 }
const OUTREACH = 'sax-nextjs-us-east-1-develop-outreach-assets'

async function stageWithFour(): Promise<MemoryStage> {
  const stage = memoryStage()
  for (const artefact of artefacts) {
    expect(await deploy(deploying, stage.process().deployPorts(artefact))).toMatchObject({ kind: 'done' })
  }
  stage.buckets
    .get(OUTREACH)
    ?.set('outreach-static/of-somebody-else.js', { bytes: new Uint8Array(), etag: '', writtenAtMs: 0, sha256: '' })
  return stage
}

/** @param removals so many are done; then the role has no more rights */
function ports(stage: MemoryStage, removals = Number.POSITIVE_INFINITY): PrunePorts {
  let left = removals
  const may = () => {
    left -= 1
    if (left < 0) {
      const message = 'These credentials may not do s3:DeleteObject.'
      throw new AwsFailure({
        code: 'denied',
        action: 's3:DeleteObject',
        errorName: 'AccessDenied',
        message,
        next: 'Ask.',
      })
    }
  }
  return {
    ...stage.process().deployPorts(tinyArtefact({ version: '1.0.0' })),
    bucket: (name) => {
      const bucket = memoryBucket(stage.buckets.get(name) ?? new Map(), () => stage.clockMs)
      const remove = async (key: string) => {
        may()
        await bucket.remove(key)
      }
      return { ...bucket, remove }
    },
    functions: {
      removeVersion: async (name, version) => {
        may()
        stage.functions.get(name)?.versions.delete(version)
      },
    },
  }
}

const files = (stage: MemoryStage) => [...(stage.buckets.get(OUTREACH)?.keys() ?? [])].sort()
const kept = (stage: MemoryStage) =>
  [...(stage.buckets.get(stage.layout.releaseBucket)?.keys() ?? [])].filter((key) => key.startsWith('artefacts/'))
const versions = (stage: MemoryStage) => [
  ...(stage.functions.get(stage.layout.functions[0]?.functionName ?? '')?.versions.keys() ?? []),
]

test('what no kept release names goes; what is live, what was before and what is nobody’s stays', async () => {
  const stage = await stageWithFour()
  const before = reached(stage)
  expect(await prune(usual, ports(stage))).toMatchObject({ kind: 'done' })
  expect(reached(stage)).toEqual(before)
  expect(files(stage)).toEqual([
    'outreach-static/_next/static/3.0.0.js',
    'outreach-static/_next/static/4.0.0.js',
    'outreach-static/_next/static/same.js',
    'outreach-static/logo of it.svg',
    'outreach-static/of-somebody-else.js',
  ])
  // The placeholder is no release's.
  expect(versions(stage)).toEqual(['1', '4', '5'])
  expect(kept(stage).some((key) => key.includes(one.manifest.digest))).toBe(false)
  expect(
    await rollback({ stage: 'develop', to: undefined, zone: undefined, json: false, lockTtlSec: 60 }, ports(stage)),
  ).toMatchObject({ kind: 'done' })
  expect(
    await rollback(
      { stage: 'develop', to: two.manifest.release, zone: undefined, json: false, lockTtlSec: 60 },
      ports(stage),
    ),
  ).toMatchObject({ kind: 'refused', reason: expect.stringContaining('is no longer there') })
})

test('--dry-run says what would go', async () => {
  const stage = await stageWithFour()
  const before = files(stage)
  const outcome = await prune({ ...usual, dryRun: true }, ports(stage))
  expect(outcome).toMatchObject({ kind: 'done', text: expect.stringContaining(`goes: ${one.manifest.release}`) })
  expect(files(stage)).toEqual(before)
})

test('broken off anywhere, the same command goes on to the same end', async () => {
  const whole = await stageWithFour()
  await prune(usual, ports(whole))
  for (let removals = 1; ; removals += 1) {
    const stage = await stageWithFour()
    const outcome = await prune(usual, ports(stage, removals))
    if (outcome.kind === 'done') break
    expect(outcome).toMatchObject({ kind: 'stopped', reason: expect.stringContaining('sleepconnect-prune-develop') })
    expect(await prune(usual, ports(stage))).toMatchObject({ kind: 'done' })
    expect(files(stage)).toEqual(files(whole))
    expect(kept(stage)).toEqual(kept(whole))
    expect(versions(stage)).toEqual(versions(whole))
  }
})

test.each<[why: string, more: Partial<PruneArguments>, sentence: string]>([
  ['nothing is kept', { keep: 0 }, '--keep is a whole number from 1 on.'],
  ['nothing was ever live', {}, 'No release is live'],
])('it is refused where %s', async (_why, more, sentence) => {
  expect(await prune({ ...usual, ...more }, ports(memoryStage()))).toMatchObject({
    kind: 'refused',
    reason: expect.stringContaining(sentence),
  })
})
