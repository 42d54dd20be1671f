import type { HowOften } from '../aws/invoke.ts'
import { type DarkTokens, darkQuestions, eventOf } from './dark-requests.ts'
import type { LiveSet } from './live-set.ts'
import type { ReleasePorts } from './ports.ts'
import { functionNameOf, type StageLayout } from './stage-layout.ts'

/** Whoever has no tokens asks what needs none. */
const NOBODY: DarkTokens = { good: '', expired: '', foreign: '' }

export interface Waking extends Pick<HowOften, 'atOnce' | 'rounds'> {
  /** Minted by a host that is live. Absent: the versions are only asked which release they are, and start at least. */
  readonly tokens?: DarkTokens | undefined
  /** A version that has not started after so long is seen not to by whoever looks next. */
  readonly patienceMs: number
}

/**
 * Calls versions that nobody has reached yet, or not for a while, several times at once with what makes them load the
 * most, so that enough of each run warm before people come to them: else the first people would wait for starts, and
 * those behind them would be turned away when all that a function may run at once is starting. What they answer is not
 * looked at: whether the stage is well is seen by others. Lambda starts an environment for each call that finds none
 * free; a stage in which more people work at the same time starts the others as they come.
 */
export async function wakeVersions(
  ports: Pick<ReleasePorts, 'invokeOften' | 'newId' | 'now' | 'wait'>,
  layout: StageLayout,
  set: LiveSet,
  roles: readonly string[],
  { tokens, patienceMs, atOnce, rounds }: Waking,
): Promise<void> {
  const questions = darkQuestions(layout, set, '', tokens ?? NOBODY)
  const enough = new AbortController()
  const calls = roles.flatMap((role) => {
    // Nobody waits for a worker: what it takes from its queue may wait for its start.
    const own = questions.filter((one) => one.role === role && one.ask.kind === 'http')
    // What is asked again is what loads the most; the first thing that every function is asked needs no token.
    const question = (tokens === undefined ? undefined : own.findLast(({ times }) => times > 1)) ?? own[0]
    const version = set.functions[role]?.version
    if (question === undefined || version === undefined) return []
    const newEvent = () => eventOf(question.ask, ports)
    return [
      ports.invokeOften(functionNameOf(layout, role), version, newEvent, { atOnce, rounds, enough: enough.signal }),
    ]
  })
  await Promise.race([Promise.all(calls), ports.wait(patienceMs)])
  enough.abort()
}
