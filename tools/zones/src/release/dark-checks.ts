import { type AnswerTimes, isSlowness, tooSlow, withAnswer } from './answer-times.ts'
import { type DarkQuestion, type DarkTokens, darkQuestions, eventOf } from './dark-requests.ts'
import { functionAnswer } from './function-answer.ts'
import { failureText } from './function-failure.ts'
import type { LiveSet } from './live-set.ts'
import { filesNamedIn, missingFiles } from './named-files.ts'
import type { ReleasePorts } from './ports.ts'
import { functionNameOf, type StageLayout } from './stage-layout.ts'
import { type Flaw, HOST, mintToken } from './verification-token.ts'

/** One thing that a new version must do before anybody reaches it. */
export interface DarkCheck {
  readonly role: string
  readonly title: string
  /** What is wrong, as a clause. Undefined: nothing. */
  readonly finding: string | undefined
}

/** What came of trying new versions by themselves. */
export interface DarkLook {
  readonly checks: readonly DarkCheck[]
  readonly times: readonly AnswerTimes[]
  /** Built files that pages named, and that are there. */
  readonly files: number
  /** What they were asked with. */
  readonly tokens: DarkTokens
}

/**
 * Tries every new version by itself, with requests in the form in which AWS brings them: which release it is, that it
 * takes a token that the host mints, that it refuses one with a flaw, that it answers in time, more than once, and names
 * no file that is not there. This is where it shows that host, zone and backend read the same secret.
 * @param live what people reach now; @param next what they are to reach
 */
export async function darkChecks(
  ports: Pick<ReleasePorts, 'invoke' | 'newId' | 'now' | 'lock' | 'assets'>,
  layout: StageLayout,
  live: LiveSet,
  next: LiveSet,
  roles: readonly string[],
  release: string,
): Promise<DarkLook> {
  const checks: DarkCheck[] = []
  const files = new Set<string>()
  let times: readonly AnswerTimes[] = []
  const versionOf = (role: string) => next.functions[role]?.version ?? ''
  /** Does `work`, an answer of `role`, and says whether that took too long. */
  const timed = async <Result>(role: string, work: () => Promise<Result>) => {
    const startedMs = ports.lock.elapsedMs()
    const result = await work()
    const ms = ports.lock.elapsedMs() - startedMs
    const isFirst = !times.some((one) => one.role === role)
    times = withAnswer(times, role, ms)
    return { result, slow: tooSlow(isFirst, ms) }
  }

  const token = async (flaw?: Flaw): Promise<string> => {
    const { result, slow } = await timed(HOST, () => mintToken(ports, layout, versionOf(HOST), flaw))
    // A host that is not being released keeps people waiting already; that is no reason against this release.
    if (roles.includes(HOST)) checks.push({ role: HOST, title: 'mints a token', finding: slow })
    return result
  }
  const tokens: DarkTokens = {
    good: await token(),
    expired: await token('expired'),
    foreign: await token('wrong-audience'),
  }

  const look = async ({ role, ask }: DarkQuestion): Promise<string | undefined> => {
    const event = eventOf(ask, ports)
    const { result, slow } = await timed(role, () => ports.invoke(functionNameOf(layout, role), versionOf(role), event))
    if (result.kind === 'failed') return failureText(result)
    if (ask.kind === 'event') return ask.judge(result.payload) ?? slow
    const answer = functionAnswer(result.payload)
    if (answer === undefined) return 'gives an answer that is none of HTTP'
    const [missing] = await missingFiles(ports, layout, filesNamedIn(answer), files)
    return ask.judge(answer) ?? (missing === undefined ? slow : `names ${missing}, which is in no bucket`)
  }
  for (const question of darkQuestions(layout, live, release, tokens)) {
    const { role, title } = question
    if (!roles.includes(role)) continue
    for (let turn = 0; turn < question.times; turn += 1) {
      // Of one that keeps people waiting enough is known; each further request would only take as long again.
      if (checks.some((one) => one.role === role && isSlowness(one.finding))) break
      checks.push({ role, title, finding: await look(question) })
    }
  }
  return { checks, times, files: files.size, tokens }
}
