import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { LambdaClient } from '@aws-sdk/client-lambda'
import type { RoutingMode } from '@sax/topology'
import { alterRelease } from '../breakages/altered-release.ts'
import { type Breakage, breakages } from '../breakages/breakages.ts'
import type { ReleaseAt } from '../load/release-pair.ts'
import { allowedOn, withShare } from '../processor-share.ts'
import type { Rehearsal } from '../start-rehearsal.ts'
import type { ZonesAnswer } from '../zones-command.ts'
import { misleadZone } from './break-it.ts'
import { changeRouting, wantRouting } from './change-routing.ts'
import { moveIn } from './move-in.ts'
import { promotionBetween } from './promotion.ts'
import { type Released, type ShareFirst, stageHand } from './stage-hand.ts'
import { textAPatient } from './text-a-patient.ts'
import { type Act, type Seen, stepsText } from './timeline.ts'

export interface PlayOptions {
  readonly rehearsal: Rehearsal
  /** The stage that releases have to come through. Undefined: they come as they were built. */
  readonly before?: Rehearsal | undefined
  readonly a: ReleaseAt
  readonly b: ReleaseAt
  /** That the stage has. It is changed to the other one and back. Undefined: nothing is changed. */
  readonly routing?: RoutingMode | undefined
  /** For the reports of the whole looks, and for the broken releases while they are needed. */
  readonly reportFolder: string
  readonly say: (line: string) => void
  readonly nowMs: () => number
  readonly signal: AbortSignal
}

/** A rollback is to be seen through the public names within this time, milliseconds. */
const ROLLBACK_MS = 10_000
/**
 * A computer counts as quick that looks through the public names within this time, milliseconds; 3.7 and 7.2 s were
 * seen. A rollback is mostly such a look, and one that takes longer to look is given as many times as long to go back.
 */
const LOOK_MS = 3_000
/** A deploy without its build, milliseconds. */
const DEPLOY_MS = 60_000
/** A release that fails once people have it is put back within this time, milliseconds: what is broken for 20 s stays broken. */
const REACHED_MS = 50_000
/** The command that stopped a broken release ends within this time, milliseconds. The one that is slow waits for itself twice. */
const STOPPED_MS = 90_000
/** Too short to see an alarm by: that it is there, quiet, and that calls are shared and put together again is seen. */
const SHIFT: ShareFirst = '20%/10s'

/**
 * Plays what happens to a stage: A goes live, B follows, B comes broken in eight ways, and A is gone back to. Each act is
 * right only if the stage was seen as it has to be. Where there is a stage before, both come from it.
 * @returns the acts that were played; the rest is missing after an interruption
 */
export async function play(options: PlayOptions): Promise<readonly Act[]> {
  const { rehearsal, before, a, b, routing, reportFolder, say, nowMs, signal } = options
  const hand = stageHand(rehearsal, (line) => say(`    ${line}`), signal)
  const handBefore = before && stageHand(before, (line) => say(`    ${line}`), signal)
  const promotion = before && promotionBetween(before, rehearsal, reportFolder)
  const startedMs = nowMs()
  const acts: Act[] = []
  const act = async (title: string, work: () => Promise<Seen>) => {
    if (signal.aborted) return
    say(title)
    const begunMs = nowMs()
    const seen = await work().catch(
      (error: unknown): Seen => ({ isRight: false, told: error instanceof Error ? error.message : String(error) }),
    )
    const done = { title, startedMs: begunMs - startedMs, tookMs: nowMs() - begunMs, incidents: [], steps: [], ...seen }
    acts.push(done)
    say(`${done.isRight ? '✔' : '✖'} ${title}: ${seen.told.split('\n')[0]}`)
  }
  const goesLive = async ({ folder, manifest }: ReleaseAt, shift?: ShareFirst) => {
    const deployed = await timed(
      () => (promotion === undefined ? hand.deploy(folder, { shift }) : hand.promote(promotion, folder, shift)),
      nowMs,
    )
    const seen = live(deployed, DEPLOY_MS, `${manifest.release} is live`)
    if (shift === undefined || !seen.isRight || deployed.released.steps.some(({ name }) => name === 'shift'))
      return seen
    return { ...seen, isRight: false, told: `${manifest.release} is live, and no call was shared on the way` }
  }
  const whole = async ({ manifest }: ReleaseAt, name: string) =>
    looked(await hand.verify(manifest.release, join(reportFolder, name)), manifest.release)

  const look = async ({ manifest: { release } }: ReleaseAt) => looked(await hand.look(release), release)
  let slowness = 1
  const goneBackTo = async ({ manifest: { release } }: ReleaseAt) => {
    const back = await timed(() => hand.rollback(release), nowMs)
    return live({ ...back, share: back.share / slowness }, ROLLBACK_MS, `${release} is live again`)
  }
  const goesLiveBefore = async (name: string, { folder, manifest }: ReleaseAt) => {
    if (before === undefined || handBefore === undefined) return
    await act(`${name} goes live in ${before.stage}`, async () =>
      live(
        await timed(() => handBefore.deploy(folder), nowMs),
        DEPLOY_MS,
        `${manifest.release} is live in ${before.stage}`,
      ),
    )
  }

  if (before !== undefined) {
    await act(`A is refused, for nobody saw it in ${before.stage}`, async () =>
      notSeenBefore(before.stage, await hand.deploy(a.folder, { onlyCommands: true })),
    )
  }
  await goesLiveBefore('A', a)
  await act(promotion === undefined ? 'A goes live' : `A is promoted from ${promotion.from}`, () => goesLive(a))
  await act('A is looked at, a browser included', () => whole(a, 'verify-a'))
  await goesLiveBefore('B', b)
  await act('B goes live over A, its backend with a share of the calls first', () => goesLive(b, SHIFT))
  await act('B is looked at', async () => {
    const begunMs = nowMs()
    const seen = await look(b)
    slowness = Math.max(1, (nowMs() - begunMs) / LOOK_MS)
    return seen
  })
  await act('A patient is texted through B, answers, and says STOP', () => textAPatient(rehearsal, nowMs))
  await act('A tenant moves in by its file', () => moveIn(rehearsal, join(reportFolder, 'moved-in'), signal))
  const lambda = new LambdaClient({
    endpoint: rehearsal.cloud.endpoint,
    region: rehearsal.env.AWS_REGION ?? 'us-east-1',
    credentials: {
      accessKeyId: rehearsal.env.AWS_ACCESS_KEY_ID ?? '',
      secretAccessKey: rehearsal.env.AWS_SECRET_ACCESS_KEY ?? '',
    },
  })
  try {
    for (const breakage of breakages) {
      await act(breakage.title, async () => {
        const folder = join(reportFolder, 'broken', breakage.id)
        rmSync(folder, { recursive: true, force: true })
        mkdirSync(folder, { recursive: true })
        await alterRelease(b.folder, folder, breakage.id, breakage.alteration ?? {})
        const mend = breakage.stage === undefined ? undefined : await misleadZone(lambda, rehearsal.stage)
        try {
          const deployed = await timed(() => hand.deploy(folder), nowMs)
          return stopped(breakage, deployed, await hand.look(b.manifest.release), b.manifest.release)
        } finally {
          await mend?.()
          rmSync(folder, { recursive: true, force: true })
        }
      })
    }
  } finally {
    lambda.destroy()
  }
  await act('A is gone back to', () => goneBackTo(a))
  await act('A is looked at again, a browser included', () => whole(a, 'verify-a-again'))
  if (routing === undefined) return acts
  const other = routing === 'host' ? 'edge' : 'host'
  for (const to of [other, routing] as const) {
    const change = { rehearsal, to, known: [a, b], nowMs, signal, say: (line: string) => say(`    ${line}`) }
    // Only this way round does a look see it at once: a hop that is missing may be late, one too many is not.
    if (to === 'edge') {
      await act('Edge routing is wanted and not applied: a look finds it out', async () => {
        await wantRouting(change)
        return foundOut(await hand.look(a.manifest.release))
      })
      await act('A release is judged by the routing that there is', () => goesLive(b))
      await act('So is a rollback', () => goneBackTo(a))
    }
    await act(`The routing is changed to ${to}, with people at work`, () => changeRouting(change))
    // A stage that the host carries the zone in is looked at with a browser by the rehearsal without a change.
    if (to === 'edge') await act('A is looked at in edge routing, a browser included', () => whole(a, 'verify-a-edge'))
    else await act('A is looked at in host routing', () => look(a))
  }
  return acts
}

interface Timed {
  readonly released: Released
  readonly tookMs: number
  /** Of the processors, for whoever wanted them; of a slow computer as much less. */
  readonly share: number
}

async function timed(work: () => Promise<Released>, nowMs: () => number): Promise<Timed> {
  const { result, share } = await withShare(async () => {
    const startedMs = nowMs()
    const released = await work()
    return { released, tookMs: nowMs() - startedMs }
  })
  return { ...result, share }
}

function live({ released: { answer, outcome, steps }, tookMs, share }: Timed, aimMs: number, told: string): Seen {
  if (answer.exitCode !== 0 || outcome !== 'done') return { isRight: false, told: saidBy(answer), steps }
  const allowedMs = allowedOn(share, aimMs)
  const most = tookMs <= aimMs ? '' : `, which is more than the ${aimMs / 1000} s that it may take: ${stepsText(steps)}`
  const busy =
    most === '' || allowedMs === aimMs
      ? ''
      : `; ${Math.round(allowedMs / 1000)} s were allowed, for there was ${Math.round(share * 100)} % of a quick computer with nothing else to do`
  return {
    isRight: tookMs <= allowedMs,
    told: `${told} after ${seconds(tookMs)}, seen through every public name${most}${busy}`,
    steps,
  }
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`
}

/** Gates that are commands can be left out with a reason; that nobody saw a release is told before anything is done. */
function notSeenBefore(stage: string, { answer }: Released): Seen {
  const sentence = answer.stderr.split('\n').find((line) => line.includes(`passes the gate verified-${stage}`))
  const isRight = answer.exitCode === 1 && sentence !== undefined && answer.stderr.includes('Nothing was changed.')
  return { isRight, told: isRight ? sentence.trim() : saidBy(answer), incidents: ['D14'] }
}

/** The host carries what it is not to carry. */
function foundOut(answer: ZonesAnswer): Seen {
  const sentence = `${answer.stdout}\n${answer.stderr}`.split('\n').find((line) => /sleepconnect wrote \d+ /.test(line))
  const isRight = answer.exitCode === 1 && sentence !== undefined
  return { isRight, told: isRight ? sentence.trim() : `exit code ${answer.exitCode}: ${saidBy(answer)}` }
}

function looked(answer: ZonesAnswer, release: string): Seen {
  return answer.exitCode === 0
    ? { isRight: true, told: `${lastLine(answer.stdout)} (${release})` }
    : { isRight: false, told: saidBy(answer) }
}

/** A broken release is stopped where it has to be, for the reason it has, and people still reach `release`. */
function stopped(
  { noticed, said, incidents }: Breakage,
  { released: { answer, outcome, steps }, tookMs, share }: Timed,
  look: ZonesAnswer,
  release: string,
): Seen {
  const faults: string[] = []
  const { exitCode, outcome: wanted } = {
    'before any change': { exitCode: 1, outcome: undefined },
    'before people': { exitCode: 2, outcome: 'failed' },
    'after the flip': { exitCode: 2, outcome: 'undone' },
  }[noticed]
  if (answer.exitCode !== exitCode) faults.push(`exit code ${answer.exitCode} in place of ${exitCode}`)
  if (outcome !== wanted) faults.push(`it came to "${outcome ?? 'nothing'}" in place of "${wanted ?? 'nothing'}"`)
  if (!said.test(answer.stderr)) faults.push(`it did not say ${said}`)
  const reachedMs = noticed === 'after the flip' ? reachedFor(steps) : 0
  for (const [what, ms, mostMs] of [
    ['people had it for', reachedMs, REACHED_MS],
    ['it ended after', tookMs, STOPPED_MS],
  ] as const) {
    const allowedMs = allowedOn(share, mostMs)
    if (ms > allowedMs)
      faults.push(`${what} ${seconds(ms)}, and ${seconds(allowedMs)} are allowed: ${stepsText(steps)}`)
  }
  if (look.exitCode !== 0) faults.push(`afterwards not all of ${release} holds: ${saidBy(look)}`)
  if (faults.length > 0) return { isRight: false, told: `${faults.join('; ')}\n${saidBy(answer)}`, steps, incidents }
  const reason =
    answer.stderr
      .split('\n')
      .filter((line) => said.test(line))
      .at(-1) ?? ''
  const reached = reachedMs === 0 ? '' : `, when people had had it for ${seconds(reachedMs)}`
  return { isRight: true, told: `noticed ${noticed}${reached}: ${reason.trim()}`, steps, incidents }
}

/** From the first alias to the one that is back, milliseconds. What comes after that is looked at and not reached. */
function reachedFor(steps: Act['steps']): number {
  const names = steps.map(({ name }) => name)
  const part = steps.slice(names.indexOf('flip'), names.indexOf('put back') + 1)
  return part.reduce((sum, { tookMs }) => sum + tookMs, 0)
}

function saidBy({ stdout, stderr }: ZonesAnswer): string {
  // A record has been written down where records are; here it would hide what was said.
  const text = `${stdout.trimStart().startsWith('{') ? '' : stdout}\n${stderr}`
  return text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .slice(-12)
    .join('\n')
}

function lastLine(text: string): string {
  return (
    text
      .split('\n')
      .filter((line) => line.trim() !== '')
      .at(-1)
      ?.trim() ?? ''
  )
}
