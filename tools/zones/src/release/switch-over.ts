import { artefactIn } from './artefact-store.ts'
import { placeUnhashed } from './asset-files.ts'
import type { Journal, Switching } from './journal.ts'
import { changedZones, type LiveSet } from './live-set.ts'
import { notSeen, probesText } from './owed-looks.ts'
import type { ExpectedReleases, StageProbe } from './ports.ts'
import { distributionsOf } from './release-facts.ts'
import { ReleaseStop } from './release-stop.ts'
import { change, type Run, step, until } from './run.ts'
import type { Patience } from './settle.ts'
import { shiftTraffic } from './shift-traffic.ts'
import { BACKEND, functionNameOf } from './stage-layout.ts'
import { stalePaths } from './unhashed.ts'

/** Edges usually forget within a minute. @source Amazon CloudFront Developer Guide, "Invalidate files to remove content" */
const INVALIDATE_MS = 900_000
/** So long a stage may take to be seen as it is wanted. Until then people have what is wrong with it: an alias moves within a second, starts take few, and an
 *  edge keeps an error for ten. @source Amazon CloudFront Developer Guide, "Control how long CloudFront caches errors" */
const PATIENCE: Patience = { withinMs: 60_000, stuckMs: 20_000 }
/** On the way back there is nothing better to go to, so that patience costs nobody anything. */
const PATIENCE_UNDOING: Patience = { withinMs: 180_000 }

/** Roles that nobody reaches through a public name. */
const UNSEEN = ['outreach-migrations', 'outreach-worker']

/** All the way forth. Where a shift is asked for, the backend's new version gets its share before its alias moves. */
export async function switchOver(run: Run, journal: Journal, work: Switching): Promise<void> {
  const { before, after, order, shift, shifted } = work
  const at = order.indexOf(BACKEND)
  if (shift === undefined || shifted?.ended === 'passed' || at === -1) {
    await flip(run, before, after, order)
    return
  }
  const first = order.slice(0, at)
  // Files go with the first that moves: as long as calls of the backend are shared and nothing else, they stay as they are.
  if (first.length > 0) await flip(run, before, after, first)
  await shiftTraffic(run, before, after, shift, (now) => journal.write({ ...work, shifted: now }))
  await flip(run, before, after, order.slice(at))
}

/** Makes `to` what people reach: files without a hash, then one alias after the other. What is so already is left. */
export function flip(run: Run, from: LiveSet, to: LiveSet, order: readonly string[]): Promise<number> {
  return step(
    run,
    run.isUndoing ? 'put back' : 'flip',
    run.isUndoing ? 'Putting back what people reached before' : 'Moving the aliases',
    async (say) => {
      // On the way back old pages come first, so that nothing asks for a file that is not there yet.
      if (!run.isUndoing) await placeUnhashed(run, from, to)
      let moved = 0
      for (const role of order) {
        say(role)
        if (await moveAlias(run, role, to)) moved += 1
      }
      if (run.isUndoing) await placeUnhashed(run, from, to)
      return moved
    },
    (moved) => `${moved} of ${order.length} aliases`,
  )
}

async function moveAlias(run: Run, role: string, to: LiveSet): Promise<boolean> {
  const { functions } = run.ports
  const functionName = functionNameOf(run.layout, role)
  const wanted = to.functions[role]?.version
  if (wanted === undefined) return false
  const alias = await functions.alias(functionName)
  if (alias === undefined) throw new ReleaseStop('failed', `${functionName} has no alias any more.`)
  if (alias.version === wanted && alias.weighted.length === 0) return false
  await change(run, () => functions.moveAlias(functionName, wanted, alias.revisionId))
  if ((await functions.alias(functionName))?.version !== wanted) {
    throw new ReleaseStop('failed', `The alias of ${functionName} was moved and is not there.`)
  }
  return true
}

/**
 * Looks at the stage through its public names. Undefined: no release was live in `expected`, so there is nothing that
 * could be asked. @throws ReleaseStop unless it was seen to be as wanted
 */
export async function probe(run: Run, expected: LiveSet): Promise<readonly StageProbe[] | undefined> {
  return step(
    run,
    'probes',
    'Looking through every public name',
    async () => {
      const releases = expectedReleases(expected)
      if (Object.keys(releases).length === 0) return undefined
      const probes = await run.ports.probe(releases, run.isUndoing ? PATIENCE_UNDOING : PATIENCE)
      if (probes.some(({ outcome }) => outcome === 'broken') || notSeen(probes).length > 0) throw new Broken(probes)
      return probes
    },
    (probes) => (probes === undefined ? 'nothing was live before, so nobody can be asked' : probesText(probes)),
  )
}

/** Looked at, and not as it must be, or not seen to be. */
export class Broken extends ReleaseStop {
  readonly probes: readonly StageProbe[]
  constructor(probes: readonly StageProbe[]) {
    const broken = probes.filter(({ outcome }) => outcome === 'broken').map(({ title }) => title)
    const unseen = notSeen(probes)
    const [first = ''] = broken.length > 0 ? broken : unseen
    const others = broken.length + unseen.length - 1
    super(
      'failed',
      `Through the public names ${broken.length > 0 ? 'it was seen that this does not hold' : 'it was not seen that the release is live'}: ${first}${others > 0 ? `, and ${others} more` : ''}.`,
    )
    this.probes = probes
  }
}

function expectedReleases({ functions }: LiveSet): ExpectedReleases {
  return Object.fromEntries(
    Object.entries(functions).flatMap(([role, { release }]) =>
      release === null || UNSEEN.includes(role) ? [] : [[role, release]],
    ),
  )
}

/** Has every edge of every distribution forget what changed under a name that stayed. */
export async function invalidate(run: Run, from: LiveSet, to: LiveSet): Promise<void> {
  await step(
    run,
    'invalidate',
    'Having the edges forget',
    async (say) => {
      const paths = await pathsBetween(run, from, to)
      if (paths.length === 0) return paths
      const distributions = await distributionsOf(run.ports, run.layout)
      const asked: { readonly zone: string; readonly id: string; readonly invalidation: string }[] = []
      for (const { zone } of run.layout.distributions) {
        const id = distributions[zone]?.id
        if (id === undefined) throw new ReleaseStop('failed', `The distribution of ${zone} is not there.`)
        const reference = `${run.id}-${run.isUndoing ? 'back' : 'forth'}`
        asked.push({
          zone,
          id,
          invalidation: await change(run, () => run.ports.distributions.invalidate(id, paths, reference)),
        })
      }
      for (const { zone, id, invalidation } of asked) {
        say(zone)
        await until(run, `The invalidation of ${zone}`, INVALIDATE_MS, () =>
          run.ports.distributions.isInvalidated(id, invalidation),
        )
      }
      return paths
    },
    (paths) => (paths.length === 0 ? 'nothing changed under its name' : `${paths.length} paths at every distribution`),
  )
}

async function pathsBetween({ ports }: Run, from: LiveSet, to: LiveSet): Promise<readonly string[]> {
  const all: string[] = []
  for (const zone of changedZones(from, to)) {
    const [old, next] = await Promise.all(
      [from, to].map(async ({ assets }) => {
        const digest = assets[zone]?.artefact
        return digest === undefined ? undefined : (await artefactIn(ports.releases, digest)).manifest
      }),
    )
    if (next !== undefined) all.push(...stalePaths(old, next, zone))
  }
  return all
}
