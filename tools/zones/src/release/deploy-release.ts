import type { Manifest } from '@sax/release'
import { timesText } from './answer-times.ts'
import { storeArtefact } from './artefact-store.ts'
import { addAssets } from './asset-files.ts'
import { type Concluded, conclude, idle, recordOf } from './conclude.ts'
import { darkChecks } from './dark-checks.ts'
import { keepGateResults } from './gates.ts'
import type { Begun, Journal } from './journal.ts'
import { changedRoles, type LiveFunction, type LiveSet } from './live-set.ts'
import { applyMigrations, migrationsStatus, prepareVerification } from './migration-events.ts'
import { planMigrations } from './migrations.ts'
import { keptReleases, type ReleasePlan } from './plan-release.ts'
import type { ArtefactAtHand } from './ports.ts'
import { publishFunction, settled, uploadCode } from './publish-functions.ts'
import { type ReleaseRecord, writeRecord } from './record.ts'
import { currentSet, MIGRATIONS, type ReleaseFacts } from './release-facts.ts'
import { ReleaseStop } from './release-stop.ts'
import { change, type Run, reasonOf, step } from './run.ts'
import { functionNameOf } from './stage-layout.ts'
import { wakeVersions } from './wake-versions.ts'

/** People are not affected yet: whoever starts slowly may take the time. Enough for a stage in which some people work, and often enough that what runs has been compiled. */
const WAKING = { atOnce: 5, rounds: 5, patienceMs: 20_000 } as const

export type Deployed = Concluded | { readonly kind: 'failed'; readonly record: ReleaseRecord; readonly reason: string }

/** Carries out a plan that nothing speaks against. Until the first alias moves people see nothing of it. */
export async function deployRelease(
  run: Run,
  journal: Journal,
  artefact: ArtefactAtHand,
  facts: ReleaseFacts,
  plan: ReleasePlan,
): Promise<Deployed> {
  const { manifest } = artefact
  const before = currentSet(facts)
  const begun: Begun = {
    format: 1,
    state: 'preparing',
    run: run.id,
    startedAt: run.startedAt,
    person: run.person,
    command: 'deploy',
    release: manifest.release,
    artefact: manifest.digest,
    zones: [...facts.zones],
    commit: manifest.commit,
    overrides: [...facts.overrides],
    plan,
  }
  await journal.write(begun)
  let after: LiveSet
  try {
    after = await prepare(run, artefact, facts, before)
  } catch (error) {
    if (error instanceof ReleaseStop && error.code === 'lock_lost') throw error
    const reason = reasonOf(error)
    const record = recordOf(run, begun, { outcome: 'failed', reason, before, after: null, probes: [] })
    await writeRecord(run.ports, record)
    await journal.write(idle)
    if (!(error instanceof Error) || reason === error.name) throw error
    return { kind: 'failed', record, reason }
  }
  const changed = changedRoles(before, after)
  // What the plan could not know, a version for other memory, say, has the code of before: its place is no matter.
  const planned = plan.flips.filter((role) => changed.includes(role))
  const order = [...planned, ...changed.filter((role) => !planned.includes(role))]
  const shift = facts.shift === undefined ? {} : { shift: facts.shift.asked }
  const came = { before, after, liveBefore: facts.live ?? null, order, starts: [...run.starts] }
  const work = { ...begun, state: 'switching', ...came, ...shift } as const
  await journal.write(work)
  return conclude(run, journal, work)
}

/** Everything that people do not see: what would be live afterwards. */
async function prepare(run: Run, artefact: ArtefactAtHand, facts: ReleaseFacts, before: LiveSet): Promise<LiveSet> {
  const { manifest } = artefact
  const { layout, zones } = facts
  const inScope = manifest.functions.filter(({ role }) =>
    layout.functions.some((place) => place.role === role && zones.includes(place.zone)),
  )
  const assetZones = layout.assetBuckets.flatMap(({ zone }) => (zones.includes(zone) ? [zone] : []))
  await step(
    run,
    'assets',
    'Bringing files',
    async () => {
      const { releases } = run.ports
      const kept = await storeArtefact(releases, artefact, (work) => change(run, work))
      await keepGateResults(releases, facts.gates, manifest.digest, (work) => change(run, work))
      return { kept, added: await addAssets(run, artefact, assetZones) }
    },
    ({ kept, added }) => `${added} new, ${kept === 0 ? 'artefact kept before' : `artefact kept (${kept} files)`}`,
  )
  const published: Record<string, LiveFunction> = {}
  const migrations = inScope.find(({ role }) => role === MIGRATIONS)
  if (migrations !== undefined) {
    await step(
      run,
      'migrations',
      'Migrating the database',
      async (say) => {
        await uploadCode(run, artefact, migrations)
        await settled(run, functionNameOf(layout, MIGRATIONS))
        const made = await publishFunction(run, migrations, manifest)
        published[MIGRATIONS] = made
        return migrate(run, facts, manifest, made.version, say)
      },
      ({ applied, postponed }) =>
        [`${applied} applied`, ...(postponed === 0 ? [] : [`${postponed} postponed`])].join(', '),
    )
  }
  const others = inScope.filter(({ role }) => role !== MIGRATIONS)
  await step(
    run,
    'upload',
    'Bringing code',
    async (say) => {
      let brought = 0
      for (const built of others) {
        say(built.role)
        if (await uploadCode(run, artefact, built)) brought += 1
      }
      return brought
    },
    (brought) => `${brought} of ${others.length} functions`,
  )
  await step(
    run,
    'settle',
    'Waiting until Lambda has it',
    async (say) => {
      for (const { role } of others) {
        say(role)
        await settled(run, functionNameOf(layout, role))
      }
    },
    () => 'all',
  )
  await step(
    run,
    'publish',
    'Publishing versions',
    async () => {
      for (const built of others) published[built.role] = await publishFunction(run, built, manifest)
    },
    () => others.map(({ role }) => `${role} ${published[role]?.version}`).join(', '),
  )
  const own = Object.fromEntries(
    assetZones.map((zone) => [zone, { release: manifest.release, artefact: manifest.digest }]),
  )
  const after: LiveSet = {
    functions: { ...before.functions, ...published },
    assets: { ...before.assets, ...own },
  }
  await tryOut(
    run,
    before,
    after,
    others.map(({ role }) => role),
    manifest.release,
  )
  return after
}

async function migrate(
  run: Run,
  facts: ReleaseFacts,
  manifest: Manifest,
  version: string,
  say: (text: string) => void,
): Promise<{ readonly applied: number; readonly postponed: number }> {
  const { ports, layout } = run
  const known = [...facts.manifests.values()].flatMap((one) => one.migrations)
  const { applied } = await migrationsStatus(ports, layout, version)
  const plan = planMigrations(manifest, applied, known, keptReleases(facts))
  const [refusal] = plan.refusals
  if (refusal !== undefined) throw new ReleaseStop('failed', `The database does not allow it: ${refusal}.`)
  if (plan.apply.length > 0) {
    say(plan.apply.join(', '))
    await change(run, () => applyMigrations(ports, layout, version, plan.apply))
  }
  const now = new Set((await migrationsStatus(ports, layout, version)).applied.map(({ name }) => name))
  const [missing] = plan.apply.filter((name) => !now.has(name))
  if (missing !== undefined) throw new ReleaseStop('failed', `${missing} was applied and is not there.`)
  await change(run, () => prepareVerification(ports, layout, version))
  return { applied: plan.apply.length, postponed: plan.postponed.length }
}

async function tryOut(
  run: Run,
  before: LiveSet,
  after: LiveSet,
  roles: readonly string[],
  release: string,
): Promise<void> {
  await step(
    run,
    'dark checks',
    'Trying the new versions by themselves',
    async () => {
      const { checks, times, files, tokens } = await darkChecks(run.ports, run.layout, before, after, roles, release)
      const failed = checks.filter(({ finding }) => finding !== undefined)
      const [first] = failed
      if (first !== undefined) {
        const more = failed.length > 1 ? ` (and ${failed.length - 1} more)` : ''
        throw new ReleaseStop('failed', `${first.role} ${first.finding}, where it ${first.title}${more}.`)
      }
      await wakeVersions(run.ports, run.layout, after, roles, { tokens, ...WAKING })
      return `${checks.length} hold, ${files} files that pages name are there; answers: ${timesText(times)}`
    },
    (told) => told,
  )
}
