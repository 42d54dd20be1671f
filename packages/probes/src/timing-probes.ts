import { judge } from './owed.ts'
import { ask, callsOf, type Finding, type Probe, Unseen, writtenStartsOf } from './probe.ts'
import { doors, templatesQuestion, tokenOf } from './site-questions.ts'
import type { StageFacts } from './stage-facts.ts'

/** Requests that are timed one after the other, once the first has woken everything. */
const TIMED = 9

/** How far back the platform's reports are read, seconds. */
const HOUR_SEC = 3600

/** Share of failed calls that may be; of less than a thousand calls every failure is too many. */
const MOST_FAILED = 0.001

/** The checklist's times: warm as a person feels it, cold as the platform measured it. */
export function timingProbes({ objectives, awaited }: StageFacts): readonly Probe[] {
  return [...doors.map((door) => warm(door, objectives.warmMs)), cold(objectives.coldStartMs, awaited), failures]
}

function warm(door: (typeof doors)[number], warmMs: number): Probe {
  return {
    id: `timing.warm.${door}`,
    group: 'timing',
    title: `Warm, the template list comes within ${warmMs} ms, half of the time (${door}'s name)`,
    incidents: [],
    *course() {
      const question = templatesQuestion(door, [tokenOf('first')])
      const findings: Finding[] = [...judge('first request', yield* ask(question), { status: [200] })]
      const times: number[] = []
      for (let count = 0; count < TIMED; count += 1) {
        const answer = yield* ask(question)
        findings.push(...judge('timed request', answer, { status: [200] }))
        times.push(answer.elapsedMs)
      }
      const median = times.toSorted((a, b) => a - b)[(TIMED - 1) / 2] ?? Number.POSITIVE_INFINITY
      if (median > warmMs) findings.push(`half of ${TIMED} requests took ${Math.round(median)} ms or more`)
      return [...new Set(findings)]
    },
  }
}

function cold(coldStartMs: number, awaited: readonly string[]): Probe {
  const tooSlow = <One extends { readonly initMs: number }>(starts: readonly One[]) =>
    starts.filter(({ initMs }) => initMs > coldStartMs)
  return {
    id: 'timing.cold',
    group: 'timing',
    title: `Cold, a function is there within ${coldStartMs} ms`,
    incidents: [],
    *course() {
      const { calls } = yield* callsOf(HOUR_SEC)
      const seen = calls.flatMap(({ role, initMs }) => (initMs === undefined ? [] : [{ role, initMs }]))
      const slow = tooSlow(seen)
      if (slow.length > 0) return slow.map(({ role, initMs }) => `${role} took ${Math.round(initMs)} ms to start`)
      // Whoever did not start in that hour has kept nobody waiting, which says nothing of how long the next start takes.
      const quiet = awaited.filter((role) => !seen.some((start) => start.role === role))
      if (quiet.length === 0) return []
      const written = yield* writtenStartsOf(quiet)
      const unknown = quiet.filter((role) => !written.some((start) => start.role === role))
      const slowThen = tooSlow(written)
      if (slowThen.length === 0 && unknown.length > 0) throw new Unseen(notMeasured(unknown))
      return slowThen.map(({ role, initMs, of }) => `${role} took ${Math.round(initMs)} ms to start (${of})`)
    },
  }
}

/** Every deployment starts the versions that it brings, and writes down how long that took. */
function notMeasured(roles: readonly string[]): string {
  return `no start of ${roles.join(', ')} in the last hour, and none that a release wrote down: deploy what is live once more, which measures it`
}

const failures: Probe = {
  id: 'timing.failures',
  group: 'timing',
  title: 'No function fails or runs out of time in more than one call of a thousand',
  incidents: ['D11'],
  *course() {
    const { calls } = yield* callsOf(HOUR_SEC)
    if (calls.length === 0) return ['the platform has reported no call at all, although some were made']
    return [...new Set(calls.map(({ role }) => role))].flatMap((role) => {
      const own = calls.filter((call) => call.role === role)
      const failed = own.filter(({ status }) => status !== 'success')
      return failed.length / own.length > MOST_FAILED
        ? [
            `${role}: ${failed.length} of ${own.length} calls ended with ${[...new Set(failed.map(({ status }) => status))].join(' and ')}`,
          ]
        : []
    })
  },
}
