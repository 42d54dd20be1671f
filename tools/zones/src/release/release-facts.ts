import type { Manifest } from '@sax/release'
import { AwsFailure } from '../aws/aws-failure.ts'
import { type AlarmsSeen, lookAtAlarms } from './alarms.ts'
import { artefactIn, storedManifest } from './artefact-store.ts'
import { LIVE_KEY } from './bucket-keys.ts'
import type { GateOverride, GateResult } from './gates.ts'
import { gateResultsIn, requiredGates } from './gates.ts'
import { artefactsOf, type Live, type LiveSet, liveSchema } from './live-set.ts'
import { migrationsStatus } from './migration-events.ts'
import type { AppliedMigrations } from './migrations.ts'
import type { DistributionState, Judged, ReleasePorts } from './ports.ts'
import { ReleaseStop } from './release-stop.ts'
import type { AliasState, FunctionState, UrlState } from './released-functions.ts'
import type { Shift } from './shift.ts'
import type { ReleaseZone, StageLayout } from './stage-layout.ts'
import { readJson } from './stored-json.ts'

export interface SeenFunction {
  readonly alias: AliasState
  /** The version behind the alias. */
  readonly live: FunctionState
  /** What was uploaded last, with the settings that the next version gets. */
  readonly latest: FunctionState
  readonly url: UrlState | undefined
}

export interface SeenDistribution extends DistributionState {
  readonly id: string
}

/** Everything that a plan is made from. Looking at it changes nothing. */
export interface ReleaseFacts {
  readonly layout: StageLayout
  readonly manifest: Manifest
  readonly zones: readonly ReleaseZone[]
  readonly overrides: readonly GateOverride[]
  /** Status by stack; undefined: there is none. */
  readonly stacks: Readonly<Record<string, string | undefined>>
  /** By role. Undefined: it is not there, or has no alias. */
  readonly functions: Readonly<Record<string, SeenFunction | undefined>>
  /** By zone. */
  readonly distributions: Readonly<Record<string, SeenDistribution | undefined>>
  readonly live: Live | undefined
  /** By digest: those that are live, were before, or are kept. */
  readonly manifests: ReadonlyMap<string, Manifest>
  /** Undefined: no function of a release is there to say. */
  readonly applied: AppliedMigrations | undefined
  readonly gates: readonly GateResult[]
  readonly lint: Judged
  readonly secrets: Judged
  /** Undefined: nobody asked for one. */
  readonly shift: { readonly asked: Shift; readonly alarms: AlarmsSeen } | undefined
}

export const MIGRATIONS = 'outreach-migrations'

/** What is live, as far as releases know it, with the placeholders where there is none. */
export function currentSet({ live, functions }: Pick<ReleaseFacts, 'live' | 'functions'>): LiveSet {
  const seen = Object.entries(functions).flatMap(([role, one]) => {
    const known = live?.current.functions[role]
    if (known !== undefined) return [[role, known] as const]
    if (one === undefined) return []
    const { version, codeSha256 } = one.live
    return [[role, { version, release: null, artefact: null, codeSha256 }] as const]
  })
  return { functions: Object.fromEntries(seen), assets: live?.current.assets ?? {} }
}

/** Looks at everything a release depends on. @throws AwsFailure, ReleaseStop */
export async function lookAtStage(
  ports: ReleasePorts,
  layout: StageLayout,
  manifest: Manifest,
  zones: readonly ReleaseZone[],
  overrides: readonly GateOverride[],
  /** Results that lie beside the artefact. */
  given: readonly GateResult[],
  shift: Shift | undefined,
): Promise<ReleaseFacts> {
  const live = (await readJson(ports.releases, LIVE_KEY, liveSchema))?.value
  const roles = layout.functions.filter(({ role }) => manifest.functions.some((one) => one.role === role))
  const functions = await mapped(roles, async ({ role, functionName }) => [role, await seen(ports, functionName)])
  const stacks = await mapped(layout.stacks, async (name) => [name, await ports.stacks.status(name)])
  const manifests = await keptManifests(ports, live)
  const gates = await gateResultsIn(ports.releases, manifest.digest, requiredGates(layout.stage))
  return {
    layout,
    manifest,
    zones,
    overrides,
    stacks,
    functions,
    distributions: await distributionsOf(ports, layout),
    live,
    manifests,
    applied: await appliedNow(ports, layout, live),
    // What is written down for the stage comes before what somebody brings along.
    gates: [...gates, ...given],
    lint: await ports.lint(),
    secrets: await ports.secrets(),
    shift: shift && { asked: shift, alarms: await alarmsNow(ports, layout) },
  }
}

async function alarmsNow(ports: ReleasePorts, { backendAlarms }: StageLayout): Promise<AlarmsSeen> {
  try {
    return await lookAtAlarms(ports.alarms, backendAlarms)
  } catch (error) {
    if (error instanceof AwsFailure && error.code === 'denied') return { kind: 'unreadable', told: error.message }
    throw error
  }
}

/** Ids of the distributions of the set, all of them. */
export async function distributionsOf(
  ports: Pick<ReleasePorts, 'stacks' | 'distributions'>,
  layout: StageLayout,
): Promise<ReleaseFacts['distributions']> {
  return mapped(layout.distributions, async ({ zone, stackName, logicalId }) => {
    const id = (await ports.stacks.physicalIds(stackName))[logicalId]
    const state = id === undefined ? undefined : await ports.distributions.state(id)
    return [zone, id === undefined || state === undefined ? undefined : { id, ...state }]
  })
}

/** What the live migrations function says is applied. Undefined: there is none of a release. */
export async function appliedNow(
  ports: Pick<ReleasePorts, 'invoke'>,
  layout: StageLayout,
  live: Live | undefined,
): Promise<AppliedMigrations | undefined> {
  const at = live?.current.functions[MIGRATIONS]
  if (at === undefined || at.release === null) return undefined
  return (await migrationsStatus(ports, layout, at.version)).applied
}

/** Manifests of every artefact that is kept. @throws ReleaseStop when what is live is not among them */
export async function keptManifests(
  { releases }: Pick<ReleasePorts, 'releases'>,
  live: Live | undefined,
): Promise<ReadonlyMap<string, Manifest>> {
  const kept = new Map<string, Manifest>()
  for (const digest of await releases.folders('artefacts/')) {
    const manifest = await storedManifest(releases, digest)
    if (manifest !== undefined) kept.set(digest, manifest)
  }
  for (const digest of live === undefined ? [] : artefactsOf(live.current)) {
    if (!kept.has(digest)) kept.set(digest, (await artefactIn(releases, digest)).manifest)
  }
  return kept
}

async function seen(ports: ReleasePorts, functionName: string): Promise<SeenFunction | undefined> {
  const alias = await ports.functions.alias(functionName)
  if (alias === undefined) return undefined
  const [live, latest, url] = await Promise.all([
    ports.functions.state(functionName, alias.version),
    ports.functions.state(functionName, undefined),
    ports.functions.url(functionName),
  ])
  if (live === undefined || latest === undefined) {
    throw new ReleaseStop('refused', `${functionName} has no version ${alias.version}, which its alias names.`)
  }
  return { alias, live, latest, url }
}

async function mapped<Item, Value>(
  items: readonly Item[],
  entry: (item: Item) => Promise<readonly [string, Value]>,
): Promise<Readonly<Record<string, Value>>> {
  return Object.fromEntries(await Promise.all(items.map(entry)))
}
