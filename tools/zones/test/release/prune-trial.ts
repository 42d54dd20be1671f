import type { Manifest } from '@sax/release'
import { createReleasedFunctions } from '../../src/aws/released-functions.ts'
import { createBuckets } from '../../src/aws/s3-bucket.ts'
import { storedManifest } from '../../src/release/artefact-store.ts'
import { settingsOf } from '../infra/emulator.ts'
import type { KillableStage } from './killable-stage.ts'
import type { Cut } from './killed-command.ts'
import { type Tried, tookOverAfterMs } from './killed-trial.ts'

/** What a trial of pruning came to. */
export interface PruneTried extends Omit<Tried, 'form'> {
  /** Artefacts that went. */
  readonly gone: number
  /** What kept releases name and was not there any more: after the kill, and at the end. */
  readonly lost: readonly string[]
  /** What of the artefact that went is still there. */
  readonly stayed: readonly string[]
  /** States of lock and journal. */
  readonly states: readonly string[]
}

/** A stage at which many releases were live. Each trial takes the oldest of them away. */
export interface PruneTrials {
  /** Takes away what never was live, for nobody knows how much of it there is, and sees to it that enough were. */
  readonly begin: () => Promise<void>
  readonly run: (cut?: Cut) => Promise<PruneTried>
}

const ALL = 1000
/** One goes with each trial, and two stages of three may be slow. */
const ENOUGH = 12

export function pruneTrialsAt(stage: KillableStage): PruneTrials {
  const settings = settingsOf(stage.cloud)
  const functions = createReleasedFunctions(settings)
  const buckets = createBuckets(settings)
  const { layout } = stage
  const releases = buckets(layout.releaseBucket)
  // moto goes on naming folders of a versioned bucket whose last object is deleted; S3 does not.
  const artefacts = async () =>
    (await releases.keys('artefacts/')).flatMap((key) => /^artefacts\/(\w+)\/manifest\.json$/.exec(key)?.[1] ?? [])

  /** Everything that pruning could take away: what it is, and what it says of whose it is. */
  const inventory = async (): Promise<ReadonlyMap<string, string>> => {
    const kept = (await releases.keys('artefacts/')).map((key) => [key, key.split('/')[1] ?? ''] as const)
    const files = layout.assetBuckets.map(async ({ zone, bucket }) =>
      (await buckets(bucket).keys('')).map((key) => [`${zone} ${key}`, ''] as const),
    )
    const versions = layout.functions.map(async ({ role, functionName }) =>
      (await functions.versions(functionName)).map(
        ({ version, description }) => [`${role} ${version}`, description.split(' ')[1] ?? ''] as const,
      ),
    )
    return new Map([...kept, ...(await Promise.all([...files, ...versions])).flat()])
  }
  const told = ({ stdout, stderr }: { readonly stdout: string; readonly stderr: string }) => `${stdout}\n${stderr}`

  return {
    begin: async () => {
      const { code, stderr } = await stage.prune(ALL)
      if (code !== 0) throw new Error(stderr)
      for (let there = (await artefacts()).length; there < ENOUGH; there += 1) {
        const deployed = await stage.deploy(stage.artefact())
        if (deployed.code !== 0) throw new Error(deployed.stderr)
      }
    },
    run: async (cut) => {
      const digests = await artefacts()
      const manifests = (await Promise.all(digests.map((digest) => storedManifest(releases, digest)))).flatMap(
        (one) => one ?? [],
      )
      const before = await inventory()
      const first = await stage.prune(digests.length - 1, cut)
      const meanwhile = await inventory()
      const last = cut === undefined ? first : await stage.prune(digests.length - 1)
      const after = await inventory()
      const there = await artefacts()
      const gone = manifests.filter(({ digest }) => !there.includes(digest))
      const owed = [...before].filter(([name, whose]) => !isOf(gone, manifests, name, whose)).map(([name]) => name)
      const state = async (key: string) => JSON.parse((await releases.read(key))?.text ?? '{}').state
      return {
        killed: cut === undefined ? undefined : { code: first.code, told: told(first) },
        ended: { code: last.code, told: told(last) },
        tookOverAfterMs: last === first ? undefined : tookOverAfterMs(first, last),
        steps: first.steps,
        gone: gone.length,
        lost: owed.filter((name) => !meanwhile.has(name) || !after.has(name)),
        stayed: [...after.keys()].filter((name) => !owed.includes(name)),
        states: await Promise.all(['lock.json', 'work.json'].map(state)),
      }
    },
  }
}

/** Whether something is of what went and of nothing that stays. */
function isOf(gone: readonly Manifest[], all: readonly Manifest[], name: string, whose: string): boolean {
  if (whose !== '') return gone.some(({ digest }) => digest.startsWith(whose))
  const names = ({ assets }: Manifest) => assets.some(({ zone, key, hashed }) => hashed && `${zone} ${key}` === name)
  return gone.some(names) && !all.some((one) => !gone.includes(one) && names(one))
}
