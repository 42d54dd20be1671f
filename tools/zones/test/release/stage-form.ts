import { LambdaClient, ListVersionsByFunctionCommand } from '@aws-sdk/client-lambda'
import type { Cloud } from '@sax/cloud'
import type { Manifest } from '@sax/release'
import { clientOptions } from '../../src/aws/client-settings.ts'
import { everyPage } from '../../src/aws/every-page.ts'
import { createReleasedFunctions } from '../../src/aws/released-functions.ts'
import { createBuckets } from '../../src/aws/s3-bucket.ts'
import type { PrunableBucket } from '../../src/release/bucket.ts'
import { type LiveSet, liveSchema } from '../../src/release/live-set.ts'
import { recordSchema } from '../../src/release/record.ts'
import type { StageLayout } from '../../src/release/stage-layout.ts'
import { settingsOf } from '../infra/emulator.ts'
import type { RunnableArtefact } from './killable-stage.ts'

/** The artefacts of one trial, by what they are in it: `live` before it, `previous` before that, `fresh` brought by it. */
export type Cast = Readonly<Record<'live' | 'previous' | 'fresh', RunnableArtefact>>

/**
 * Everything that releases leave in a stage, with artefacts by their parts in a trial. Left out: times, ids of runs,
 * numbers of versions, and what lies there of artefacts that have no part in it.
 */
export interface StageForm {
  /** Where each alias leads, by role. More than one: traffic is shared. */
  readonly aliases: Readonly<Record<string, readonly string[]>>
  /** Files of fixed names, by zone and name: whose content they have. */
  readonly fixedFiles: Readonly<Record<string, string>>
  /** `live.json`, with the files of each zone under its name. */
  readonly current: Readonly<Record<string, string>>
  readonly previous: Readonly<Record<string, string>>
  readonly lock: string
  readonly work: string
  /** Runs since the trial began, in their order: `deploy done live > fresh`. */
  readonly records: readonly string[]
  /** What of the fresh artefact lies in the stage, reached or not. */
  readonly fresh: {
    /** Published versions by role. */
    readonly versions: Readonly<Record<string, number>>
    /** Keys below its folder in the releases' bucket, and names of its gates there. */
    readonly kept: readonly string[]
    readonly gates: readonly string[]
    /** Keys in the zones' buckets whose content is as it was built. */
    readonly files: readonly string[]
  }
}

/** What is read of a stage between commands. */
export interface StageReader {
  readonly records: () => Promise<readonly string[]>
  /** @param known keys of records that were there before the trial */
  readonly form: (cast: Cast, known: readonly string[]) => Promise<StageForm>
}

export function stageReader(cloud: Cloud, layout: StageLayout): StageReader {
  const settings = settingsOf(cloud)
  const lambda = new LambdaClient(clientOptions(settings))
  const functions = createReleasedFunctions(settings)
  const buckets = createBuckets(settings)
  const releases = buckets(layout.releaseBucket)
  const records = () => releases.keys('records/')

  const versionsOf = (FunctionName: string) =>
    everyPage(async (Marker) => {
      const { Versions = [], NextMarker } = await lambda.send(
        new ListVersionsByFunctionCommand({ FunctionName, Marker }),
      )
      return { items: Versions, next: NextMarker }
    })

  return {
    records,
    form: async (cast, known) => {
      const partOf = (release: string | null | undefined) =>
        Object.entries(cast).find(([, { manifest }]) => manifest.release === release)?.[0] ?? 'another'
      const codeOf = (sha256: string | undefined) =>
        Object.entries(cast).find(([, { manifest }]) =>
          manifest.functions.some((one) => one.codeSha256 === sha256),
        )?.[0] ?? 'another'
      const seen = await Promise.all(
        layout.functions.map(async ({ role, functionName }) => {
          const [all, alias] = await Promise.all([versionsOf(functionName), functions.alias(functionName)])
          const codeOfVersion = (wanted: string | undefined) =>
            codeOf(all.find(({ Version }) => Version === wanted)?.CodeSha256)
          const fresh = all.filter(({ Version, CodeSha256 }) => Version !== '$LATEST' && codeOf(CodeSha256) === 'fresh')
          return { role, leadsTo: [alias?.version, ...(alias?.weighted ?? [])].map(codeOfVersion), fresh: fresh.length }
        }),
      )
      const parts = (set: LiveSet | null) => ({
        ...Object.fromEntries(
          Object.entries(set?.functions ?? {}).map(([role, { release }]) => [role, partOf(release)]),
        ),
        ...Object.fromEntries(
          Object.entries(set?.assets ?? {}).map(([zone, { release }]) => [`files of ${zone}`, partOf(release)]),
        ),
      })
      const live = liveSchema.parse(await jsonIn(releases, 'live.json'))
      const { manifest } = cast.fresh
      const folder = `artefacts/${manifest.digest}/`
      const brought = (await records()).filter((key) => !known.includes(key))
      const runs = await Promise.all(brought.map(async (key) => recordSchema.parse(await jsonIn(releases, key))))
      return {
        aliases: Object.fromEntries(seen.map(({ role, leadsTo }) => [role, leadsTo])),
        fixedFiles: await fixedFiles(cast, layout, buckets),
        current: parts(live.current),
        previous: parts(live.previous),
        lock: stateOf(await jsonIn(releases, 'lock.json')),
        work: stateOf(await jsonIn(releases, 'work.json')),
        records: runs
          .toSorted((one, other) => one.endedAt.localeCompare(other.endedAt))
          .map(
            ({ command, outcome, before, after }) =>
              `${command} ${outcome} ${only(parts(before))} > ${only(parts(after))}`,
          ),
        fresh: {
          versions: Object.fromEntries(seen.map(({ role, fresh }) => [role, fresh])),
          kept: (await releases.keys(folder)).map((key) => nameless(manifest, key.slice(folder.length))).toSorted(),
          gates: (await releases.keys(`gates/${manifest.digest}/`))
            .map((key) => key.split('/').at(-1) ?? '')
            .toSorted(),
          files: await filesAsBuilt(cast.fresh, layout, buckets),
        },
      }
    },
  }
}

async function fixedFiles({ ...cast }: Cast, layout: StageLayout, buckets: (name: string) => PrunableBucket) {
  const fixed = cast.fresh.manifest.assets.filter(({ hashed }) => !hashed)
  const entries = fixed.map(async ({ zone, key }) => {
    const sha256 = await bucketOf(layout, zone, buckets).sha256(key)
    const whose = Object.entries(cast).find(([, { manifest }]) =>
      manifest.assets.some((one) => one.zone === zone && one.key === key && one.sha256 === sha256),
    )
    return [`${zone} ${key}`, whose?.[0] ?? 'another'] as const
  })
  return Object.fromEntries(await Promise.all(entries))
}

async function filesAsBuilt(
  { manifest }: RunnableArtefact,
  layout: StageLayout,
  buckets: (name: string) => PrunableBucket,
): Promise<readonly string[]> {
  const hashed = manifest.assets.filter((one) => one.hashed)
  const there = await Promise.all(
    hashed.map(async ({ zone, key, sha256 }) =>
      (await bucketOf(layout, zone, buckets).sha256(key)) === sha256 ? [nameless(manifest, `${zone} ${key}`)] : [],
    ),
  )
  return there.flat().toSorted()
}

/** A key without the version that its artefact has. */
function nameless({ release }: Manifest, key: string): string {
  return key.replace(release.split('-')[0] ?? '', 'fresh')
}

function bucketOf(
  { assetBuckets }: StageLayout,
  zone: string,
  buckets: (name: string) => PrunableBucket,
): PrunableBucket {
  return buckets(assetBuckets.find((one) => one.zone === zone)?.bucket ?? '')
}

async function jsonIn(bucket: PrunableBucket, key: string): Promise<unknown> {
  return JSON.parse((await bucket.read(key))?.text ?? 'null')
}

function stateOf(stored: unknown): string {
  return typeof stored === 'object' && stored !== null && 'state' in stored ? String(stored.state) : 'nothing'
}

/** The one part that all of a set is of, or all of them. */
function only(parts: Readonly<Record<string, string>>): string {
  return [...new Set(Object.values(parts))].join(' and ')
}
