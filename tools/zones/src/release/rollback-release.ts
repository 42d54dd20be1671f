import type { Manifest } from '@sax/release'
import { RECORDS } from './bucket-keys.ts'
import { type Concluded, conclude } from './conclude.ts'
import { conflictText, flipOrder } from './contracts.ts'
import type { DarkTokens } from './dark-requests.ts'
import type { Journal, Switching } from './journal.ts'
import { changedRoles, changedZones, type Live, type LiveSet, namesOf } from './live-set.ts'
import { databaseRefusals } from './migrations.ts'
import { contractsOf } from './plan-release.ts'
import { type ReleaseRecord, recordSchema } from './record.ts'
import { appliedNow, keptManifests } from './release-facts.ts'
import { ReleaseStop } from './release-stop.ts'
import { type Run, step } from './run.ts'
import { functionNameOf, type ReleaseZone, type StageLayout } from './stage-layout.ts'
import { readJson } from './stored-json.ts'
import { HOST, mintToken } from './verification-token.ts'
import { wakeVersions } from './wake-versions.ts'

/** Who goes back is in a hurry: what has not started by then is seen not to by the probes. */
const WAKING = { atOnce: 3, rounds: 1, patienceMs: 4_000 } as const
/** A host that is well mints at once; one that is not is why somebody goes back. */
const MINT_MS = 1_000

/** What a rollback goes back to, and in which order. */
interface RollbackPlan {
  readonly before: LiveSet
  readonly after: LiveSet
  readonly order: readonly string[]
}

/** Goes back to what was live before, or to the release of that name. @throws ReleaseStop `refused` when it cannot be served */
export async function rollbackRelease(
  run: Run,
  journal: Journal,
  live: Live,
  to: string | undefined,
  zones: readonly ReleaseZone[],
): Promise<Concluded> {
  const { before, after, order } = await step(
    run,
    'preflight',
    'Looking whether it can be gone back to',
    async () => {
      const plan = await planRollback(run, live, to, zones)
      const tokens = await tokensOfLiveHost(run, plan.before)
      await wakeVersions(run.ports, run.layout, plan.after, plan.order, { tokens, ...WAKING })
      return plan
    },
    (plan) => `${namesOf(plan.after)}, ${plan.order.length} aliases`,
  )
  const work: Switching = {
    format: 1,
    state: 'switching',
    run: run.id,
    startedAt: run.startedAt,
    person: run.person,
    command: 'rollback',
    release: namesOf(after),
    artefact: Object.values(after.assets)[0]?.artefact ?? '',
    zones: [...zones],
    commit: '',
    overrides: [],
    plan: null,
    before,
    after,
    liveBefore: live,
    order: [...order],
    starts: [...run.starts],
  }
  await journal.write(work)
  return conclude(run, journal, work)
}

async function planRollback(
  run: Run,
  live: Live,
  to: string | undefined,
  zones: readonly ReleaseZone[],
): Promise<RollbackPlan> {
  const { ports, layout } = run
  const target = to === undefined ? live.previous : await setOf(run, to)
  if (target === null) throw refused(`Nothing was live in ${layout.stage} before what is live now. ${orDeploy(layout)}`)
  const before = await reachedNow(run, live.current)
  const after = restricted(layout, before, target, zones)
  const placeholder = Object.entries(after.functions).find(([, { release }]) => release === null)
  if (placeholder !== undefined)
    throw refused(`Before this release ${placeholder[0]} had none; there is nothing to go back to. ${orDeploy(layout)}`)
  const changed = changedRoles(before, after)
  const shared = await sharedRoles(run, zones)
  const roles = [...changed, ...shared.filter((role) => !changed.includes(role))]
  if (roles.length + changedZones(before, after).length === 0) {
    throw refused(`${namesOf(after)} is what is live in ${layout.stage}. See: npx zones releases ${layout.stage}`)
  }
  for (const role of roles) await mustBeThere(run, role, after)
  const manifests = await keptManifests(ports, live)
  await databaseServes(run, live, after, manifests)
  const order = flipOrder(
    contractsOf(before, manifests),
    contractsOf(after, manifests),
    inPreferredOrder(layout, roles),
  )
  if (order.kind === 'none') {
    const [first] = order.conflicts
    throw refused(
      `The parts would not understand each other on the way: ${first === undefined ? 'nobody can say why' : conflictText(first)}. All zones together go back without --zone.`,
    )
  }
  return { before, after, order: order.roles }
}

/** What the versions are woken with. Undefined: the host that is live mints nothing. */
function tokensOfLiveHost({ ports, layout }: Run, { functions }: LiveSet): Promise<DarkTokens | undefined> {
  const version = functions[HOST]?.version ?? ''
  const minted = mintToken(ports, layout, version).then((good) => ({ good, expired: '', foreign: '' }))
  return Promise.race([minted.catch(() => undefined), ports.wait(MINT_MS).then(() => undefined)])
}

/** What the stage was left at by the newest release of that name. */
async function setOf({ ports, layout }: Run, release: string): Promise<LiveSet> {
  const keys = await ports.releases.keys(RECORDS)
  for (const key of [...keys].reverse()) {
    if (!key.includes(release)) continue
    const record = (await readJson(ports.releases, key, recordSchema))?.value
    if (record?.outcome === 'done' && record.after !== null && isNamed(record, release)) return record.after
  }
  throw refused(`No release ${release} was ever live in ${layout.stage}. See: npx zones releases ${layout.stage}`)
}

function isNamed({ id, release }: ReleaseRecord, name: string): boolean {
  return release === name || id === name
}

/** What is live, with the aliases where they are: somebody may have moved one. */
async function reachedNow({ ports, layout }: Run, current: LiveSet): Promise<LiveSet> {
  const functions = await Promise.all(
    Object.entries(current.functions).map(async ([role, known]) => {
      const alias = await ports.functions.alias(functionNameOf(layout, role))
      if (alias === undefined || alias.version === known.version) return [role, known] as const
      return [role, { version: alias.version, release: null, artefact: null, codeSha256: '' }] as const
    }),
  )
  return { functions: Object.fromEntries(functions), assets: current.assets }
}

/** Roles whose alias gives another version a share of its calls, which nobody is to have afterwards. */
async function sharedRoles({ ports, layout }: Run, zones: readonly ReleaseZone[]): Promise<readonly string[]> {
  const roles = await Promise.all(
    layout.functions
      .filter(({ zone }) => zones.includes(zone))
      .map(async ({ role, functionName }) =>
        ((await ports.functions.alias(functionName))?.weighted.length ?? 0) > 0 ? [role] : [],
      ),
  )
  return roles.flat()
}

/** `target` for the roles and files of `zones`, everything else as it is. */
function restricted({ functions }: StageLayout, now: LiveSet, target: LiveSet, zones: readonly ReleaseZone[]): LiveSet {
  const isWanted = (role: string) => functions.some((one) => one.role === role && zones.includes(one.zone))
  const wanted = Object.entries(target.functions).filter(([role]) => isWanted(role))
  const files = Object.entries(target.assets).filter(([zone]) => zones.some((one) => one === zone))
  return {
    functions: { ...now.functions, ...Object.fromEntries(wanted) },
    assets: { ...now.assets, ...Object.fromEntries(files) },
  }
}

async function mustBeThere({ ports, layout }: Run, role: string, { functions }: LiveSet): Promise<void> {
  const wanted = functions[role]
  if (wanted === undefined) return
  const state = await ports.functions.state(functionNameOf(layout, role), wanted.version)
  if (state === undefined) throw refused(`Version ${wanted.version} of ${role} is no longer there. ${orDeploy(layout)}`)
  if (state.codeSha256 !== wanted.codeSha256) {
    throw refused(`Version ${wanted.version} of ${role} is not the one that was live. ${orDeploy(layout)}`)
  }
}

async function databaseServes(
  { ports, layout }: Run,
  live: Live,
  after: LiveSet,
  manifests: ReadonlyMap<string, Manifest>,
): Promise<void> {
  const digest = after.functions['outreach-api']?.artefact
  const wanted = digest == null ? undefined : manifests.get(digest)
  const applied = await appliedNow(ports, layout, live)
  if (wanted === undefined || applied === undefined) {
    throw refused(
      `The artefact of the backend to go back to is not kept, so that nobody can say what it needs of the database. ${orDeploy(layout)}`,
    )
  }
  const known = [...manifests.values()].flatMap(({ migrations }) => migrations)
  const [first] = databaseRefusals(wanted, applied, known)
  if (first !== undefined) throw refused(`The database does not allow it: ${first}. See: docs/runbooks/restore.md`)
}

function inPreferredOrder({ functions }: StageLayout, roles: readonly string[]): readonly string[] {
  return functions.flatMap(({ role }) => (roles.includes(role) ? [role] : []))
}

/** The same sources make the same release again, and who brings it goes nowhere that nobody knows. */
function orDeploy({ stage }: StageLayout): string {
  return `Build one that worked, and: npx zones deploy ${stage} --artefact FOLDER`
}

function refused(message: string): ReleaseStop {
  return new ReleaseStop('refused', message)
}
