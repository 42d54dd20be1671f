import { loadavg } from 'node:os'
import { setTimeout as wait } from 'node:timers/promises'
import { verificationPeople } from '@sax/release'
import { hostPath, outreachApiPath, outreachPath } from '@sax/topology'
import type { Rehearsal } from '../start-rehearsal.ts'
import { runZones, ZonesCommandError } from '../zones-command.ts'
import { filesOf } from './known-releases.ts'
import { createPersonClient, placeOf } from './person-client.ts'
import type { ReleaseAt } from './release-pair.ts'
import { signIn } from './sign-in.ts'
import { type LoadSeen, type SteadyLoad, startSteadyLoad } from './steady-load.ts'
import { type Spread, spreadOf } from './tally.ts'
import { withoutGates } from './without-gates.ts'

/** What is needed of a rehearsal. */
export type LoadedStage = Pick<Rehearsal, 'stage' | 'env' | 'connectTo' | 'trustCa' | 'urls'>

export interface LoadWhileReleasing {
  /** How often release `b` is deployed and `a` put back. */
  readonly times: number
  /** Requests a second, of all people together. */
  readonly perSecond: number
  /** Gets what is being done, line by line. */
  readonly say: (line: string) => void
  readonly nowMs: () => number
  readonly signal?: AbortSignal
}

/** What people who were at work saw of the releases. */
export interface LoadReport extends Pick<LoadSeen, 'asked' | 'spreads' | 'releases' | 'oldFiles' | 'oldTabs'> {
  readonly perSecond: number
  readonly seconds: number
  /** What went wrong, and what should have been seen and was not. Empty: nobody noticed anything. */
  readonly faults: LoadSeen['faults']
  /** How long the commands took. */
  readonly commands: readonly Spread[]
  /** Load averages of the last minute before and after: a machine that has other work makes every figure worse. */
  readonly machineLoad: { readonly before: number; readonly after: number }
}

/** Long enough for each request of the mix to have been made. */
const SETTLE_MS = 5000
/** So many seconds one after the other with few requests under way are a steady load; it is waited for so long. */
const [STEADY_SEC, FEW, RAMP_SEC] = [5, 10, 60]

/** Sessions at work: of either tenant two, as of one person with two browsers. */
const PEOPLE = [
  verificationPeople.first,
  verificationPeople.second,
  verificationPeople.first,
  verificationPeople.second,
]

/**
 * Lets people who are signed in work while releases change: `a` is deployed, then again and again `b`, and `a` is rolled back
 * to. A command that ends badly is a fault like any other, and the last one.
 */
export async function loadWhileReleasing(
  stage: LoadedStage,
  a: ReleaseAt,
  b: ReleaseAt,
  { times, perSecond, say, nowMs, signal }: LoadWhileReleasing,
): Promise<LoadReport> {
  const { env, urls } = stage
  const took = new Map<string, number[]>()
  const zones = async (command: 'deploy' | 'rollback', more: readonly string[]) => {
    const startedMs = nowMs()
    const given = [command, stage.stage, ...more]
    await runZones({ arguments: given, env, isElsewhere: true, ...(signal === undefined ? {} : { signal }) })
    took.set(command, [...(took.get(command) ?? []), nowMs() - startedMs])
  }
  const deploy = ({ folder, manifest: { release } }: ReleaseAt) =>
    zones('deploy', ['--artefact', folder, ...withoutGates(stage.stage, release)])

  say(`Deploying ${a.manifest.release} …`)
  await deploy(a)
  const clients = PEOPLE.map(() => createPersonClient(placeOf(stage)))
  const paths = { hostPage: hostPath(''), zonePage: outreachPath('templates'), api: outreachApiPath('templates') }
  try {
    for (const [index, client] of clients.entries()) {
      await signIn(client, urls.host, PEOPLE[index] ?? verificationPeople.first, paths.zonePage)
    }
    const before = loadNow()
    const startedMs = nowMs()
    const load = startSteadyLoad({ clients, perSecond, urls, paths, filesOf: filesOf([a.manifest, b.manifest]), nowMs })
    const stopped: LoadSeen['faults'][number][] = []
    try {
      await untilSteady(load, signal)
      for (let round = 1; round <= times; round += 1) {
        for (const [what, command] of [
          [`deploy ${round}`, () => deploy(b)],
          [`rollback ${round}`, () => zones('rollback', ['--to', a.manifest.release])],
        ] as const) {
          load.during(what)
          await command()
          await wait(SETTLE_MS, undefined, { signal })
          say(`${what} of ${times}: ${progressOf(load.seen())}`)
        }
      }
    } catch (error) {
      if (!(error instanceof ZonesCommandError)) throw error
      stopped.push({ what: error.message, times: 1, during: [], requestId: undefined })
    } finally {
      await load.stop()
    }
    const { asked, faults, spreads, releases, oldFiles, oldTabs } = load.seen()
    return {
      ...{ asked, spreads, releases, oldFiles, oldTabs, perSecond, seconds: (nowMs() - startedMs) / 1000 },
      machineLoad: { before, after: loadNow() },
      commands: [...took].map(([command, all]) => spreadOf(command, all)),
      faults: [...stopped, ...faults, ...unseen({ releases, oldFiles, oldTabs }, [a, b])],
    }
  } finally {
    for (const client of clients) client.close()
  }
}

/** A load that has just begun finds functions that have to start. Most of its requests are answered at once later. */
async function untilSteady(load: SteadyLoad, signal: AbortSignal | undefined): Promise<void> {
  for (let steady = 0, second = 0; steady < STEADY_SEC && second < RAMP_SEC; second += 1) {
    await wait(1000, undefined, { signal })
    steady = load.seen().underway <= FEW ? steady + 1 : 0
  }
}

function loadNow(): number {
  return loadavg()[0] ?? 0
}

/** A load that did not meet both releases proves nothing. */
function unseen(
  { releases, oldFiles, oldTabs }: Pick<LoadSeen, 'releases' | 'oldFiles' | 'oldTabs'>,
  wanted: readonly ReleaseAt[],
) {
  return [
    ...wanted
      .filter(({ manifest }) => !releases.includes(manifest.release))
      .map(({ manifest }) => `no page of ${manifest.release} was ever seen`),
    ...(oldFiles === 0 ? ['no file of an old tab was ever asked for'] : []),
    ...(oldTabs === 0 ? ['nobody ever went on in an old tab'] : []),
  ].map((what) => ({ what, times: 1, during: [], requestId: undefined }))
}

function progressOf({ asked, underway, faults }: LoadSeen): string {
  const failed = faults.reduce((sum, { times }) => sum + times, 0)
  return `${asked.toLocaleString('en-GB')} asked, ${underway} under way, ${failed} faults`
}
