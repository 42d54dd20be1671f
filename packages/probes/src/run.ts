import { type Finding, type Probe, type ProbeGroup, Unseen } from './probe.ts'
import type { Answer, Ask, CallReport, LogLine, Question, WrittenStart } from './question.ts'

/** One exchange a probe had, for the report. */
export interface Evidence {
  readonly question: string
  readonly answer: string
}

export interface ProbeResult {
  readonly id: string
  readonly group: ProbeGroup | 'navigation'
  readonly title: string
  readonly incidents: readonly string[]
  /** `unseen`: it could not be asked here, which proves nothing. */
  readonly outcome: 'kept' | 'broken' | 'unseen'
  readonly findings: readonly Finding[]
  readonly evidence: readonly Evidence[]
  readonly durationMs: number
}

/** Most exchanges kept per probe; a crawl has hundreds and its findings already name the bad ones. */
const MAX_EVIDENCE = 40

/**
 * Runs one probe to its end. Never throws: a connection that fails is a finding, a question that cannot be put here
 * makes the probe `unseen`.
 */
export async function runProbe(probe: Probe, ask: Ask, nowMs: () => number): Promise<ProbeResult> {
  const startedMs = nowMs()
  const evidence: Evidence[] = []
  const result = (outcome: ProbeResult['outcome'], findings: readonly Finding[]): ProbeResult => ({
    id: probe.id,
    group: probe.group,
    title: probe.title,
    incidents: probe.incidents,
    outcome,
    findings,
    evidence,
    durationMs: Math.round(nowMs() - startedMs),
  })
  const course = probe.course()
  try {
    let step = course.next()
    while (!step.done) {
      const questions = step.value
      const answers = await Promise.all(questions.map(ask))
      questions.forEach((question, index) => {
        const answer = answers[index]
        if (answer && evidence.length < MAX_EVIDENCE) evidence.push(exchange(question, answer))
      })
      step = course.next(answers)
    }
    return result(step.value.length === 0 ? 'kept' : 'broken', step.value)
  } catch (error) {
    if (error instanceof Unseen) return result('unseen', [error.message])
    return result('broken', [`the probe could not finish: ${reason(error)}`])
  }
}

/** Class and system code only: messages of network errors may quote what was sent. */
function reason(error: unknown): string {
  if (!(error instanceof Error)) return typeof error
  return 'code' in error && typeof error.code === 'string' ? error.code : error.name
}

function exchange(question: Question, answer: Answer): Evidence {
  return { question: asked(question), answer: answered(answer) }
}

function asked(question: Question): string {
  switch (question.kind) {
    case 'logs':
      return `logs of ${question.requestId}`
    case 'tls':
      return `TLS handshake with ${question.name}`
    case 'bucket':
      return `readers of the bucket of ${question.zone}`
    case 'calls':
      return `reports of calls, last ${question.sinceSec} s`
    case 'starts':
      return `starts that releases wrote down of ${question.roles.join(', ')}`
    case 'http':
      return `${question.method ?? 'GET'} ${question.door}:${shortened(question.path)}${credentials(question.carries)}`
  }
}

function answered(answer: Answer): string {
  switch (answer.kind) {
    case 'unavailable':
      return `not available: ${answer.why}`
    case 'logs':
      return `${answer.lines.length} lines${servicesOf(answer.lines)}`
    case 'tls':
      return `${answer.protocol}, certificate good for ${Math.floor(answer.daysLeft)} days`
    case 'bucket':
      return `the public is ${answer.blocksPublic ? 'blocked' : 'not blocked'}; its own address answers ${answer.directStatus ?? 'nobody here'}`
    case 'calls':
      return `${answer.calls.length} calls${coldOnes(answer.calls)}`
    case 'starts':
      return answer.starts.map(writtenDown).join(', ') || 'none'
    case 'http':
      return `${answer.status}, ${answer.bodyBytes} bytes, ${Math.round(answer.elapsedMs)} ms, request id ${answer.requestId}`
  }
}

function servicesOf(lines: readonly LogLine[]): string {
  const services = [...new Set(lines.map(({ service }) => service))]
  return services.length === 0 ? '' : ` of ${services.join(', ')}`
}

/** The slowest start of each role: `, 3 of them cold: outreach-server 812 ms at most`. */
function coldOnes(calls: readonly CallReport[]): string {
  const starts = calls.flatMap(({ role, initMs }) => (initMs === undefined ? [] : [{ role, initMs }]))
  if (starts.length === 0) return ', none of them cold'
  const slowest = new Map<string, number>()
  for (const { role, initMs } of starts) slowest.set(role, Math.max(initMs, slowest.get(role) ?? 0))
  const told = [...slowest].map(([role, ms]) => `${role} ${Math.round(ms)} ms`)
  return `, ${starts.length} of them cold, at most: ${told.join(', ')}`
}

function writtenDown({ role, initMs, of }: WrittenStart): string {
  return `${role} ${Math.round(initMs)} ms (${of})`
}

function credentials(carries: (Question & { kind: 'http' })['carries']): string {
  if (!carries || carries.length === 0) return ''
  const named = carries.map((one) =>
    one.kind === 'session'
      ? `session of the ${one.of} person`
      : `${one.flaw ?? 'valid'} token of the ${one.of} person in ${one.in}`,
  )
  return ` (${named.join(' and ')})`
}

/** Paths for people: a 9 kB one is cut. */
export function shortened(path: string): string {
  return path.length <= 120 ? path : `${path.slice(0, 100)}… (${path.length} characters)`
}
