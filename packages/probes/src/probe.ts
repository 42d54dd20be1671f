import type {
  Answer,
  BucketAnswer,
  BucketQuestion,
  CallsAnswer,
  HttpAnswer,
  HttpQuestion,
  LogAnswer,
  Question,
  TlsAnswer,
  WrittenStart,
} from './question.ts'

export const probeGroups = [
  'api',
  'context',
  'backend',
  'paths',
  'assets',
  'anonymous',
  'isolation',
  'headers',
  'release',
  'standalone',
  'zones',
  'origins',
  'tls',
  'timing',
] as const
export type ProbeGroup = (typeof probeGroups)[number]

/** One broken promise, as a sentence. Quotes paths and statuses, never a token, a name or a body. */
export type Finding = string

/** Questions go out (a batch may be put at once), answers come in, findings come out. Pure: no socket, no clock. */
export type Course<R> = Generator<readonly Question[], R, readonly Answer[]>

/** A promise of the site and how to see whether it is kept. */
export interface Probe {
  /** Stable: scripts and dashboards may rely on it. */
  readonly id: string
  readonly group: ProbeGroup
  /** What the site owes, as a sentence. */
  readonly title: string
  /** Incidents of the past that this probe would have shown. */
  readonly incidents: readonly string[]
  readonly course: () => Course<readonly Finding[]>
}

/** A question of the course had no answer here, so the probe has seen nothing. */
export class Unseen extends Error {
  override readonly name = 'Unseen'
}

/** Puts HTTP questions at once; answers come in the same order. */
export function* askAll(questions: readonly HttpQuestion[]): Course<readonly HttpAnswer[]> {
  const answers = yield questions
  return answers.map((answer) => {
    if (answer.kind === 'http') return answer
    throw new Unseen(answer.kind === 'unavailable' ? answer.why : `${answer.kind} came where an answer was due`)
  })
}

/** Puts one HTTP question. */
export function* ask(question: HttpQuestion): Course<HttpAnswer> {
  const [answer] = yield* askAll([question])
  if (answer === undefined) throw new Unseen('no answer came')
  return answer
}

/** The log lines of every hop under `requestId`, among them those of `services`. */
export function* logsOf(requestId: string, services: readonly string[]): Course<LogAnswer> {
  const [answer] = yield [{ kind: 'logs', requestId, services }]
  if (answer?.kind === 'logs') return answer
  throw new Unseen(answer?.kind === 'unavailable' ? answer.why : 'no logs came')
}

/** How a public name answers a TLS handshake. */
export function* handshakeOf(name: string): Course<TlsAnswer> {
  const [answer] = yield [{ kind: 'tls', name }]
  if (answer?.kind === 'tls') return answer
  throw new Unseen(answer?.kind === 'unavailable' ? answer.why : 'no handshake came')
}

/** What the platform reported of the functions' calls of the last `sinceSec` seconds. */
export function* callsOf(sinceSec: number): Course<CallsAnswer> {
  const [answer] = yield [{ kind: 'calls', sinceSec }]
  if (answer?.kind === 'calls') return answer
  throw new Unseen(answer?.kind === 'unavailable' ? answer.why : 'no reports came')
}

/** What releases wrote down of starts of these roles' versions that people reach. */
export function* writtenStartsOf(roles: readonly string[]): Course<readonly WrittenStart[]> {
  const [answer] = yield [{ kind: 'starts', roles }]
  if (answer?.kind === 'starts') return answer.starts
  throw new Unseen(answer?.kind === 'unavailable' ? answer.why : 'no records came')
}

/** Who may read a bucket. */
export function* readersOf(question: BucketQuestion): Course<BucketAnswer> {
  const [answer] = yield [question]
  if (answer?.kind === 'bucket') return answer
  throw new Unseen(answer?.kind === 'unavailable' ? answer.why : 'nothing of the bucket came')
}
