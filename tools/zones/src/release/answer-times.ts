/**
 * The first request to a version waits for its start: its code is fetched and loaded, secrets are read, connections made.
 * The site promises 3 s for that, and measures it where people are; this only keeps out what has no hope, so it has room
 * for a machine that is busy with other things.
 */
const FIRST_MS = 10_000
/** Later requests find everything ready. Six times what is promised, for the way to AWS and back is in it. */
const LATER_MS = 3_000

/** How long a function took to answer, as somebody who asks measures it. */
export interface AnswerTimes {
  readonly role: string
  readonly firstMs: number
  /** The slowest of those after the first. Undefined: there were none. */
  readonly laterMs: number | undefined
}

/** Why an answer that took `ms` was too slow, as a clause. Undefined: it was not. */
export function tooSlow(isFirst: boolean, ms: number): string | undefined {
  const limitMs = isFirst ? FIRST_MS : LATER_MS
  if (ms <= limitMs) return undefined
  const which = isFirst ? 'its first request' : 'a later request'
  return `answers ${which} after ${seconds(ms)}; ${limitMs / 1000} s are allowed`
}

/** True for what `tooSlow` says. */
export function isSlowness(finding: string | undefined): boolean {
  return finding !== undefined && /^answers (its first|a later) request after /.test(finding)
}

/** What is written down: `outreach-api 1.2 s, then 0.1 s at most`. */
export function timesText(times: readonly AnswerTimes[]): string {
  return times
    .map(({ role, firstMs, laterMs }) => {
      const later = laterMs === undefined ? '' : `, then ${seconds(laterMs)} at most`
      return `${role} ${seconds(firstMs)}${later}`
    })
    .join('; ')
}

export function withAnswer(times: readonly AnswerTimes[], role: string, ms: number): readonly AnswerTimes[] {
  const before = times.find((one) => one.role === role)
  if (before === undefined) return [...times, { role, firstMs: ms, laterMs: undefined }]
  const now = { ...before, laterMs: Math.max(before.laterMs ?? 0, ms) }
  return times.map((one) => (one === before ? now : one))
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`
}
