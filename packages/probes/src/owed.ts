import type { Finding } from './probe.ts'
import type { HttpAnswer } from './question.ts'
import { shortened } from './run.ts'

/** What one answer must look like. A status alone proves little: an empty page answers 200 too. */
export interface Owed {
  /** One of these. */
  readonly status: readonly number[]
  /** By header name in lower case: a pattern its value must match, or `null` when it must be absent. */
  readonly headers?: Readonly<Record<string, RegExp | null>>
  /** Text that must be in the body. */
  readonly marker?: string
  /** Least size of the body, bytes. */
  readonly minBytes?: number
  /** `code` of the error body. */
  readonly code?: string
  /** `message` of the error body, exactly. */
  readonly message?: string
}

/** How an answer differs from what is owed; empty when it does not. `what` names the request in the findings. */
export function judge(what: string, answer: HttpAnswer, owed: Owed): readonly Finding[] {
  const findings: Finding[] = []
  const name = shortened(what)
  if (answer.status === 0) return [`${name}: the connection ended without an answer`]
  if (!owed.status.includes(answer.status)) {
    findings.push(`${name}: answered ${answer.status}, owed ${owed.status.join(' or ')}`)
  }
  for (const [header, pattern] of Object.entries(owed.headers ?? {})) {
    const value = answer.headers[header]
    if (pattern === null && value !== undefined) findings.push(`${name}: header ${header} must not be there`)
    if (pattern !== null && !pattern.test(value ?? '')) {
      findings.push(`${name}: header ${header} is ${value === undefined ? 'absent' : 'not'} ${pattern.source}`)
    }
  }
  if (owed.marker !== undefined && !answer.body.includes(owed.marker)) {
    findings.push(`${name}: the body lacks its marker`)
  }
  if (owed.minBytes !== undefined && answer.bodyBytes < owed.minBytes) {
    findings.push(`${name}: the body has ${answer.bodyBytes} bytes, at least ${owed.minBytes} are owed`)
  }
  if (owed.code !== undefined || owed.message !== undefined) findings.push(...judgeError(name, answer, owed))
  return findings
}

function judgeError(name: string, answer: HttpAnswer, owed: Owed): readonly Finding[] {
  const body = jsonBody(answer)
  if (!isRecord(body) || typeof body.code !== 'string' || typeof body.message !== 'string') {
    return [`${name}: the error is not in the one error shape`]
  }
  const findings: Finding[] = []
  if (owed.code !== undefined && body.code !== owed.code) {
    findings.push(`${name}: error code ${body.code}, owed ${owed.code}`)
  }
  if (owed.message !== undefined && body.message !== owed.message) {
    findings.push(`${name}: the error message is not "${owed.message}"`)
  }
  if (typeof body.requestId !== 'string' || body.requestId === '') findings.push(`${name}: the error has no requestId`)
  return findings
}

/** The body as JSON, undefined when it is none. */
export function jsonBody(answer: HttpAnswer): unknown {
  try {
    return JSON.parse(answer.body)
  } catch {
    return undefined
  }
}

/** The rows of a list answer `{data: [...]}`; empty when it is none. */
export function rowsOf(answer: HttpAnswer): readonly Readonly<Record<string, unknown>>[] {
  const body = jsonBody(answer)
  return isRecord(body) && Array.isArray(body.data) ? body.data.filter(isRecord) : []
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** `Cache-Control` of an answer that belongs to one person. */
export const PRIVATE_NO_STORE = /^(?=.*\bprivate\b)(?=.*\bno-store\b)(?!.*\b(?:public|s-maxage)\b)/

/** What the backend says, word for word, to a request without a tenant: what a zone that is gone around looks like. */
export const MISSING_TENANT = 'Invalid or missing tenant_id'
