import type { Manifest, ManifestFunction } from '@sax/release'
import type { SeenAlarm } from './alarms.ts'
import { type ConfigurationChange, configurationChange, isEmpty } from './configuration-change.ts'
import { type ContractState, conflictText, flipOrder, sideBySideConflicts } from './contracts.ts'
import {
  type GateStanding,
  gateRefusals,
  gateStandings,
  mustBeTyped,
  overrideFault,
  requiredGates,
  typedFor,
} from './gates.ts'
import { infrastructureFaults, type Refusal } from './infrastructure-faults.ts'
import { type LiveSet, namesOf } from './live-set.ts'
import { type KeptRelease, planMigrations } from './migrations.ts'
import type { Judged } from './ports.ts'
import { currentSet, type ReleaseFacts } from './release-facts.ts'
import type { Shift } from './shift.ts'
import { shiftRefusals } from './shift-refusals.ts'
import { BACKEND } from './stage-layout.ts'
import { stalePaths, unhashedOf } from './unhashed.ts'

/** Largest zip that a call may carry. @source AWS Lambda Developer Guide, "Lambda quotas" (Deployment package, 50 MB zipped) */
const ZIP_BYTES = 50 * 1024 * 1024

export interface PlannedFunction {
  readonly role: string
  readonly functionName: string
  /** Version behind the alias, and its release. */
  readonly from: { readonly version: string; readonly release: string | null }
  readonly code: 'new' | 'same'
  readonly configuration: ConfigurationChange
}

/** What a release would do to a stage, in full. --dry-run prints it, and a run does it: both get it from here. */
export interface ReleasePlan {
  readonly stage: string
  readonly release: string
  readonly digest: string
  readonly commit: string
  readonly committed: boolean
  readonly zones: readonly string[]
  readonly live: string
  readonly gates: readonly GateStanding[]
  readonly assets: readonly {
    readonly zone: string
    readonly bucket: string
    readonly hashed: number
    readonly unhashed: number
  }[]
  readonly migrations: {
    /** False: only the new function can say, when it is there. */
    readonly isKnown: boolean
    readonly apply: readonly string[]
    readonly postponed: readonly { readonly name: string; readonly because: string }[]
  }
  readonly functions: readonly PlannedFunction[]
  /** Roles in the order their aliases move. */
  readonly flips: readonly string[]
  /** What the new backend gets before its alias moves, and what is watched meanwhile. Undefined: it moves at once. */
  readonly shift: (Shift & { readonly alarms: readonly SeenAlarm[] }) | undefined
  /** Paths that every distribution of the set forgets. */
  readonly invalidations: readonly string[]
  /** Worth knowing, and no reason against it. */
  readonly notes: readonly string[]
  /** Why it may not be done. Empty: it may. */
  readonly refusals: readonly Refusal[]
}

/** The plan that `facts` lead to. Pure: equal facts, equal plan. */
export function planRelease(facts: ReleaseFacts): ReleasePlan {
  const { layout, manifest, zones, live } = facts
  const before = currentSet(facts)
  const places = layout.functions.filter(({ zone }) => zones.includes(zone))
  const inScope = places.flatMap(({ role, functionName }) => {
    const built = manifest.functions.find((one) => one.role === role)
    return built === undefined ? [] : [{ built, functionName }]
  })
  const functions = inScope.flatMap(({ built, functionName }) => plannedFunction(facts, built, functionName))
  // Where something else was brought in between, the same code becomes a version of its own again.
  const isLatest = ({ role }: PlannedFunction) =>
    facts.functions[role]?.latest.codeSha256 === facts.functions[role]?.live.codeSha256
  const changing = functions.filter((one) => one.code === 'new' || !isEmpty(one.configuration) || !isLatest(one))
  const contractsBefore = contractsOf(before, facts.manifests)
  const contractsAfter = {
    ...contractsBefore,
    ...Object.fromEntries(inScope.map(({ built }) => [built.role, built.contracts])),
  }
  const order = flipOrder(
    contractsBefore,
    contractsAfter,
    changing.map(({ role }) => role),
  )
  const flips = order.kind === 'order' ? order.roles : []
  const migrations = zones.includes('api')
    ? planMigrations(
        manifest,
        facts.applied ?? [],
        [...facts.manifests.values()].flatMap((one) => one.migrations),
        keptReleases(facts),
      )
    : { apply: [], postponed: [], refusals: [] }
  const isKnown = facts.applied !== undefined
  const assetZones = layout.assetBuckets.filter(({ zone }) => zones.includes(zone))
  const gates = gateStandings(requiredGates(layout.stage), facts.gates, manifest.digest, facts.overrides)
  const refusals: readonly Refusal[] = [
    ...plain(overrideFault(layout.stage, facts.overrides)),
    ...infrastructureFaults(facts),
    ...strangers(facts),
    ...tooLarge(inScope.map(({ built }) => built)),
    ...(live === undefined && zones.length < new Set(layout.functions.map(({ zone }) => zone)).size
      ? plain(`The first release of ${layout.stage} is of all zones.`)
      : []),
    ...judgedAs(facts.lint, 'npx zones lint'),
    ...judgedAs(facts.secrets, `npx zones secrets check ${layout.stage}`),
    ...(order.kind === 'order'
      ? []
      : order.conflicts.map((one) => ({
          why: `The parts would not understand each other on the way: ${conflictText(one)}.`,
          next: 'Let the listener understand both versions in a release of its own first.',
        }))),
    ...(isKnown ? migrations.refusals : []).map((why) => ({
      why: `The database does not allow it: ${why}.`,
      next: 'See docs/runbooks and zones releases.',
    })),
    ...shiftRefusals(facts, sideBySideConflicts(contractsBefore, contractsAfter, flips, BACKEND), migrations.apply),
    ...gateRefusals(gates, manifest.release).map((why) => ({
      why,
      next: 'npx zones gate NAME --artefact FOLDER -- COMMAND, or --without-gate NAME --because "…"',
    })),
  ]
  return {
    stage: layout.stage,
    release: manifest.release,
    digest: manifest.digest,
    commit: manifest.commit,
    committed: manifest.committed,
    zones,
    live: live === undefined ? 'no release' : namesOf(before),
    gates,
    assets: assetZones.map(({ zone, bucket }) => ({
      zone,
      bucket,
      hashed: manifest.assets.filter((asset) => asset.zone === zone && asset.hashed).length,
      unhashed: unhashedOf(manifest, zone).length,
    })),
    migrations: { isKnown, apply: migrations.apply, postponed: migrations.postponed },
    functions,
    flips,
    shift: facts.shift && {
      ...facts.shift.asked,
      alarms: facts.shift.alarms.kind === 'seen' ? facts.shift.alarms.alarms : [],
    },
    invalidations: assetZones.flatMap(({ zone }) => {
      const digest = before.assets[zone]?.artefact
      return stalePaths(digest === undefined ? undefined : facts.manifests.get(digest), manifest, zone)
    }),
    notes: [
      ...leftOutNotes(facts),
      ...shiftNotes(facts, flips),
      ...(manifest.committed ? [] : ['It was built from files that had changed since the commit.']),
      ...(facts.secrets.kind === 'unreadable' ? [facts.secrets.told] : []),
      ...(facts.lint.kind === 'unreadable' ? [facts.lint.told] : []),
    ],
    refusals,
  }
}

/** Contracts of what is live, by role: of functions that a release made. */
export function contractsOf(set: LiveSet, manifests: ReadonlyMap<string, Manifest>): ContractState {
  return Object.fromEntries(
    Object.entries(set.functions).flatMap(([role, { artefact }]) => {
      const manifest = artefact === null ? undefined : manifests.get(artefact)
      const built = manifest?.functions.find((one) => one.role === role)
      return built === undefined ? [] : [[role, built.contracts]]
    }),
  )
}

/** Releases that a rollback can go back to: those whose artefact is kept, but for the one that is coming. */
export function keptReleases({
  manifests,
  manifest,
}: Pick<ReleaseFacts, 'manifests' | 'manifest'>): readonly KeptRelease[] {
  return [...manifests.values()]
    .filter(({ digest }) => digest !== manifest.digest)
    .map(({ release, needsMigration }) => ({ release, needsMigration }))
}

function plannedFunction(
  facts: ReleaseFacts,
  built: ManifestFunction,
  functionName: string,
): readonly PlannedFunction[] {
  const seen = facts.functions[built.role]
  if (seen === undefined) return []
  return [
    {
      role: built.role,
      functionName,
      from: { version: seen.alias.version, release: facts.live?.current.functions[built.role]?.release ?? null },
      code: seen.live.codeSha256 === built.codeSha256 ? 'same' : 'new',
      configuration: configurationChange(seen.live.variables, seen.latest.variables),
    },
  ]
}

/** Aliases that somebody moved past the releases, or whose calls somebody shared. */
function strangers({ live, functions, layout }: ReleaseFacts): readonly Refusal[] {
  return Object.entries(live?.current.functions ?? {}).flatMap(([role, { version, release }]) => {
    const seen = functions[role]
    if (seen === undefined) return []
    const next = `npx zones rollback ${layout.stage}${release === null ? '' : ` --to ${release}`}`
    const { version: at, weighted } = seen.alias
    if (at !== version) {
      return [
        { why: `Somebody moved the alias of ${role} to version ${at}; the last release left it at ${version}.`, next },
      ]
    }
    if (weighted.length === 0) return []
    const why = `The alias of ${role} gives version ${weighted.join(', ')} a share of its calls: by hand, or a shift was broken off.`
    return [{ why, next }]
  })
}

/** What a release is brought without. */
function leftOutNotes({ layout: { stage }, manifest: { release }, overrides }: ReleaseFacts): readonly string[] {
  return overrides.map(({ gate, confirmed }) => {
    const left = `LEFT OUT: ${gate}. Nobody has shown that ${release} passes it.`
    if (confirmed !== undefined) return `${left} Agreed to by typing ${confirmed}.`
    const wanted = typedFor(stage, release)
    return mustBeTyped(stage) ? `${left} A run wants it typed: --confirm-without-gate ${wanted}` : left
  })
}

/** What is worth knowing of a shift. */
function shiftNotes({ shift }: ReleaseFacts, flips: readonly string[]): readonly string[] {
  if (shift === undefined) return []
  if (!flips.includes(BACKEND))
    return ['The code of the backend does not change: without a new version nothing is shifted.']
  const { asked, alarms } = shift
  const late = alarms.kind === 'seen' ? alarms.alarms.filter(({ soonestSec }) => soonestSec > asked.seconds) : []
  if (late.length === 0) return []
  const times = late.map(({ name, soonestSec }) => `${name} (before ${soonestSec} s)`)
  return [`Within ${asked.seconds} s these alarms cannot go off: ${times.join(', ')}.`]
}

function tooLarge(functions: readonly ManifestFunction[]): readonly Refusal[] {
  return functions
    .filter(({ bytes }) => bytes > ZIP_BYTES)
    .map(({ role, bytes }) => ({
      why: `The zip of ${role} has ${(bytes / 1024 / 1024).toFixed(1)} MB; Lambda takes 50.`,
      next: 'See the report of the build for what is in it.',
    }))
}

function judgedAs(judged: Judged, next: string): readonly Refusal[] {
  return judged.kind === 'bad' ? [{ why: judged.reason, next }] : []
}

function plain(why: string | undefined): readonly Refusal[] {
  return why === undefined ? [] : [{ why, next: '' }]
}
