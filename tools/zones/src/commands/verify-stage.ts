import type { DeployedStage } from '@sax/infra/account-facts'
import {
  type Answer,
  type Ask,
  type Asker,
  type Probe,
  type ProbeResult,
  quickStageProbes,
  runProbe,
  type StageFacts,
  stageProbes,
} from '@sax/probes'
import type { Browser } from 'playwright-core'
import { type Picture, type Places, type SignIn, walkPages } from '../browser/navigation.ts'
import { LEFT_OUT, notWalked, openSessions, type Sessions } from '../browser/sessions.ts'
import type { VerifyReport } from '../report/verify-report.ts'
import type { Progress } from './verify.ts'

export interface VerifyStageOptions {
  readonly stage: DeployedStage
  /** `quick`: what a release can break for everybody at once, without a browser. */
  readonly scope: 'quick' | 'whole'
  /** False: leave out what needs a browser. `quick` never has one. */
  readonly browser: boolean
  /**
   * By `nowMs`. What was asked and not answered by then is broken, what was not asked unseen. Who has a deadline looks
   * again until it: logs that fill slowly are not waited for once something is broken. Default: none.
   */
  readonly deadlineMs?: number
}

export interface VerifyStagePorts {
  readonly facts: StageFacts
  readonly ask: (sessions: Sessions) => Ask
  readonly openBrowser: () => Promise<Browser | { readonly why: string }>
  /** How somebody signs in there, or why nobody can. */
  readonly signInOf: (asker: Asker) => SignIn | { readonly why: string }
  readonly progress: Progress
  readonly nowMs: () => number
}

/** Probes of the quick part that are put at once. */
const AT_ONCE = 4

/**
 * Asks a deployed stage what it owes. Looks only. What could not be seen says so and is never taken for kept; never
 * throws because of what the stage does.
 */
export async function verifyStage(options: VerifyStageOptions, ports: VerifyStagePorts): Promise<VerifyReport> {
  const { facts, nowMs, progress } = ports
  const startedMs = nowMs()
  const isWhole = options.scope === 'whole'
  const places: Places = { hostUrl: facts.hostUrl, outreachUrl: facts.outreachUrl, nowMs }
  const withBrowser = isWhole && options.browser
  const browser = withBrowser ? await ports.openBrowser() : { why: LEFT_OUT }
  const probes = isWhole ? stageProbes(facts) : quickStageProbes(facts)
  const results: ProbeResult[] = []
  const pictures: Picture[] = []
  const broken = new AbortController()
  const note = (result: ProbeResult) => {
    results.push(result)
    progress.result(result)
    if (result.outcome === 'broken') broken.abort()
  }
  try {
    plan(progress, probes, isWhole)
    const sessions = await openSessions(browser, ports.signInOf, places)
    const ask = within(ports.ask(sessions), options.deadlineMs, nowMs, broken.signal)
    await each(probes, isWhole ? 1 : AT_ONCE, async (probe) => note(await runProbe(probe, ask, nowMs)))
    if (isWhole) {
      const administrator = sessions('administrator')
      if ('why' in administrator) {
        const tried = withBrowser && typeof ports.signInOf('administrator') === 'function'
        note(notWalked(administrator.why, tried ? 'broken' : 'unseen'))
      } else {
        const walked = await walkPages(administrator, facts.routes, places, facts.knownTemplate)
        walked.results.forEach(note)
        pictures.push(...walked.pictures)
      }
    }
  } finally {
    await progress.end()
    if ('close' in browser) await browser.close()
  }
  const order = probes.map(({ id }) => id)
  return {
    stage: options.stage,
    routing: facts.routing,
    release: [...new Set(Object.values(facts.expected ?? {}))].join(', ') || 'whichever runs',
    hostUrl: facts.hostUrl,
    outreachUrl: facts.outreachUrl,
    durationMs: Math.round(nowMs() - startedMs),
    results: results.toSorted((a, b) => place(order, a.id) - place(order, b.id)),
    pictures,
  }
}

function plan(progress: Progress, probes: readonly Probe[], isWhole: boolean): void {
  const names = [...new Set(probes.map((probe) => probe.group))]
  progress.plan([
    ...names.map((name) => ({ name, count: probes.filter((probe) => probe.group === name).length })),
    ...(isWhole ? [{ name: 'navigation', count: 0 }] : []),
  ])
}

/** What follows the probes keeps its order at the end. */
function place(order: readonly string[], id: string): number {
  const index = order.indexOf(id)
  return index === -1 ? order.length : index
}

/**
 * The same questions, none of which is waited for longer than until the deadline. What was asked in time and stayed
 * without an answer is a failure; what there was no time to ask was not seen. Lines of a log may come yet and say nothing
 * by not having come, so that nobody waits for them either once it is known by something else that the stage is broken.
 */
function within(ask: Ask, deadlineMs: number | undefined, nowMs: () => number, broken: AbortSignal): Ask {
  if (deadlineMs === undefined) return ask
  return async (question) => {
    const isRead = question.kind === 'logs' || question.kind === 'calls'
    const leftMs = deadlineMs - nowMs()
    if (leftMs <= 0) return late
    if (isRead && broken.aborted) return needless
    const over = Promise.withResolvers<Answer>()
    const timer = setTimeout(() => {
      if (isRead) over.resolve(late)
      else over.reject(Object.assign(new Error('no answer in time'), { code: 'ETIMEDOUT' }))
    }, leftMs)
    const stop = () => over.resolve(needless)
    if (isRead) broken.addEventListener('abort', stop)
    const asked = ask(question)
    // Once the time is up nobody waits for its failure any more.
    asked.catch(() => undefined)
    return Promise.race([asked, over.promise]).finally(() => {
      clearTimeout(timer)
      broken.removeEventListener('abort', stop)
    })
  }
}

const late = { kind: 'unavailable', why: 'the time was up' } as const
const needless = { kind: 'unavailable', why: 'logs were not waited for, since something else is broken' } as const

async function each<Item>(items: readonly Item[], atOnce: number, work: (item: Item) => Promise<void>): Promise<void> {
  const waiting = [...items]
  const worker = async () => {
    for (let item = waiting.shift(); item !== undefined; item = waiting.shift()) await work(item)
  }
  await Promise.all(Array.from({ length: atOnce }, worker))
}
