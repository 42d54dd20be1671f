import { openTimes, type PracticeCalendar } from './practice-calendar.ts'

/** A practice's calendar and what it promises, in minutes of opening time. */
export interface ResponsePromise extends PracticeCalendar {
  /** Time in which a patient's message is to be answered. */
  readonly targetMin: number
  /** Time after which a warning is shown. At most `targetMin`. */
  readonly warningMin: number
}

/** A patient waits for an answer. */
export interface Wait {
  /** When the first unanswered message arrived. */
  readonly since: Date
  readonly warnAt: Date
  readonly dueAt: Date
}

/** What happened in a conversation. An automatic reply answers nobody, and not every message asks for an answer. */
export type Happening = { readonly kind: 'asked' | 'answered' | 'automatic'; readonly at: Date }

/**
 * Whether a patient waits, and until when, after one more message. Messages come in the order in which they were stored;
 * a second question does not move the time by which the first is due.
 */
export function waitAfter(
  before: Wait | undefined,
  { kind, at }: Happening,
  promise: ResponsePromise,
): Wait | undefined {
  if (kind === 'automatic') return before
  if (kind === 'answered') return undefined
  if (before !== undefined) return before
  const warningMin = Math.min(promise.warningMin, promise.targetMin)
  const dueAt = afterOpenMinutes(at, promise.targetMin, promise)
  const warnAt = afterOpenMinutes(at, warningMin, promise)
  if (dueAt !== undefined && warnAt !== undefined) return { since: at, warnAt, dueAt }
  // Too few open minutes in a year to keep the promise: both are counted by the clock; better too early than never.
  return { since: at, warnAt: addMinutes(at, warningMin), dueAt: addMinutes(at, promise.targetMin) }
}

/** `warning` from the instant of `warnAt`, `breached` from that of `dueAt`; `ok` for nobody who waits. */
export function responseStatus(
  wait: Pick<Wait, 'warnAt' | 'dueAt'> | undefined,
  now: Date,
): 'ok' | 'warning' | 'breached' {
  if (wait === undefined || now < wait.warnAt) return 'ok'
  return now < wait.dueAt ? 'warning' : 'breached'
}

/** The instant at which the practice has been open for so many minutes since `start`, if that is within a year. */
function afterOpenMinutes(start: Date, minutes: number, calendar: PracticeCalendar): Date | undefined {
  let leftMs = minutes * 60_000
  for (const { from, until } of openTimes(start, calendar)) {
    const lengthMs = until.getTime() - from.getTime()
    if (leftMs <= lengthMs) return new Date(from.getTime() + leftMs)
    leftMs -= lengthMs
  }
  return undefined
}

function addMinutes(start: Date, minutes: number): Date {
  return new Date(start.getTime() + minutes * 60_000)
}
