import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { verificationPeople } from '@sax/release'
import { functionName, hostPath, outreachApiPath, outreachPath, type RoutingMode } from '@sax/topology'
import { z } from 'zod'
import { withRouting } from '../facts.ts'
import { filesOf } from '../load/known-releases.ts'
import { createPersonClient, type PersonClient, placeOf } from '../load/person-client.ts'
import type { ReleaseAt } from '../load/release-pair.ts'
import { signIn } from '../load/sign-in.ts'
import { startSteadyLoad } from '../load/steady-load.ts'
import type { Rehearsal } from '../start-rehearsal.ts'
import { runZones } from '../zones-command.ts'
import type { Seen } from './timeline.ts'

export interface RoutingChange {
  readonly rehearsal: Rehearsal
  readonly to: RoutingMode
  /** Releases whose pages people may be shown. */
  readonly known: readonly ReleaseAt[]
  readonly say: (line: string) => void
  readonly nowMs: () => number
  readonly signal: AbortSignal
}

/** The one thing that differs between the modes. */
const CHANGED = 'SleepconnectDistribution'
/** How a plan says that something names the domain of it, of which CloudFormation cannot know that it stays. */
const FOLLOWS = `AliasTarget follows ${CHANGED}.DomainName`
/** Requests a second of all people together: enough to be there when it happens. */
const PER_SECOND = 10
/** Work before and after the change, milliseconds: each kind of request is made a few times. */
const WORK_MS = 5000
/** Calls by which the way is seen. */
const CALLS = 3
/** A call is told of when its sandbox has ended it, which is a little after the answer. */
const ENDED_MS = 1000
const [SETTLED_MS, LOOK_MS] = [5000, 100]

const plan = z.object({
  verdict: z.string(),
  stacks: z.array(
    z.object({ changes: z.array(z.object({ logicalId: z.string(), action: z.string(), reason: z.string() })) }),
  ),
})

/** Writes down which routing the stage is to have, as a person does: in its facts. Nothing is applied. */
export async function wantRouting({
  rehearsal,
  to,
  say,
  signal,
}: Pick<RoutingChange, 'rehearsal' | 'to' | 'say' | 'signal'>): Promise<void> {
  const { stage, facts, env } = rehearsal
  const file = join(env.SAX_ACCOUNTS_ROOT ?? '', 'facts.json')
  writeFileSync(file, JSON.stringify(withRouting(facts, to)))
  await runZones({ arguments: ['infra', 'init', stage, '--from', file], env, say, signal })
}

/**
 * Changes the routing of a living stage by the commands that change a real one, while people who signed in before are at
 * work. Right only if CloudFormation plans to change one distribution and what names it, if nobody notices, and if calls
 * of the zone take the other way afterwards.
 */
export async function changeRouting(change: RoutingChange): Promise<Seen> {
  const { rehearsal, to, known, say, nowMs, signal } = change
  const { stage, env, urls } = rehearsal
  const zones = (...given: readonly string[]) => runZones({ arguments: given, env, say, signal })
  const people = [verificationPeople.first, verificationPeople.second]
  const clients = people.map(() => createPersonClient(placeOf(rehearsal)))
  const paths = { hostPage: hostPath(''), zonePage: outreachPath('templates'), api: outreachApiPath('templates') }
  try {
    for (const [index, client] of clients.entries()) {
      await signIn(client, urls.host, people[index] ?? verificationPeople.first, paths.zonePage)
    }
    await wantRouting(change)
    const planned = plan.parse(JSON.parse(await zones('infra', 'plan', stage, '--online', '--json')))
    const faults = planFaults(planned)
    const manifests = known.map(({ manifest }) => manifest)
    const load = startSteadyLoad({
      ...{ clients, urls, paths, nowMs },
      ...{ perSecond: PER_SECOND, filesOf: filesOf(manifests) },
    })
    load.during('before the change')
    let tookMs = 0
    try {
      await wait(WORK_MS, undefined, { signal })
      load.during('the change')
      const begunMs = nowMs()
      await zones('infra', 'apply', stage, '--yes')
      tookMs = nowMs() - begunMs
      load.during('after the change')
      await wait(WORK_MS, undefined, { signal })
    } finally {
      await load.stop()
    }
    const { asked, faults: noticed } = load.seen()
    faults.push(...noticed.map(({ what, times, during }) => `${what} (${times} times, ${during.join(', ')})`))
    const [client] = clients
    if (client !== undefined) faults.push(...(await wayFaults(rehearsal, to, client)))
    const took = `${(tookMs / 1000).toFixed(1)} s`
    return faults.length === 0
      ? { isRight: true, told: `applied in ${took}; of ${asked} requests of people at work none noticed it` }
      : { isRight: false, told: `applied in ${took}; ${faults.join('; ')}` }
  } finally {
    for (const client of clients) client.close()
  }
}

function planFaults({ verdict, stacks }: z.output<typeof plan>): string[] {
  const changes = stacks.flatMap((stack) => stack.changes)
  const isAsIntended =
    verdict === 'accepted' &&
    changes.every(({ action }) => action === 'change') &&
    String(changes.flatMap(({ logicalId, reason }) => (reason === FOLLOWS ? [] : [logicalId]))) === CHANGED
  const told = changes.map(({ logicalId, action }) => `${action} ${logicalId}`).join(', ')
  return isAsIntended ? [] : [`the plan is ${verdict}: ${told === '' ? 'no change' : told}`]
}

/** Which functions answer calls of the zone's API under the host's name, as Lambda sees it. */
async function wayFaults(
  { stage, cloud, urls }: Rehearsal,
  to: RoutingMode,
  client: PersonClient,
): Promise<readonly string[]> {
  const all = () => cloud.functions?.invocations() ?? []
  await wait(ENDED_MS)
  // Only the latest calls are remembered, so that they cannot be counted from the first one.
  const last = all().at(-1)
  const calledSince = (role: 'sleep-connect-server' | 'outreach-api-routes') =>
    all()
      .slice(last === undefined ? 0 : all().indexOf(last) + 1)
      .filter((one) => one.functionName === functionName(stage, role)).length
  for (let call = 0; call < CALLS; call += 1) {
    const { status } = await client.ask(urls.host + outreachApiPath('templates'))
    if (status !== 200) return [`a call of the zone's API is answered with ${status}`]
  }
  const owed = { host: to === 'host' ? CALLS : 0, zone: CALLS }
  const seen = () => ({ host: calledSince('sleep-connect-server'), zone: calledSince('outreach-api-routes') })
  for (let waitedMs = 0; waitedMs < SETTLED_MS && !isSame(seen(), owed); waitedMs += LOOK_MS) await wait(LOOK_MS)
  const { host, zone } = seen()
  return isSame({ host, zone }, owed)
    ? []
    : [`${CALLS} calls of the zone's API reached the host ${host} times and the zone ${zone} times`]
}

function isSame(a: Readonly<Record<'host' | 'zone', number>>, b: Readonly<Record<'host' | 'zone', number>>): boolean {
  return a.host === b.host && a.zone === b.zone
}
