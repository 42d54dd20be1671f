/** Words for a moment, and for how long they stay true. */
export interface RelativeWords {
  readonly words: string
  /** After this many milliseconds the words may differ; undefined: they hold for good. */
  readonly changesInMs: number | undefined
}

const MINUTE_MS = 60_000
const HOUR_MS = 3_600_000
const DAY_MS = 86_400_000

const relative = new Intl.RelativeTimeFormat('en', { numeric: 'auto' })

/**
 * How long ago or ahead a moment lies: "just now", "5 minutes ago", "3 hours ago", "yesterday", "6 days ago", then the
 * date: "Nov 3", with the year when it is another one.
 * @param timeZone IANA name; decides which calendar day a moment falls on. Default: the machine's own.
 */
export function relativeTimeWords(momentMs: number, nowMs: number, timeZone?: string): RelativeWords {
  const awayMs = momentMs - nowMs
  const size = Math.abs(awayMs)
  const sign = awayMs < 0 ? -1 : 1
  if (size < MINUTE_MS) return { words: 'just now', changesInMs: MINUTE_MS - (sign === -1 ? size : 0) }
  if (size < HOUR_MS) {
    return {
      words: relative.format(sign * Math.floor(size / MINUTE_MS), 'minute'),
      changesInMs: untilNext(size, sign, MINUTE_MS),
    }
  }
  const days = dayNumber(momentMs, timeZone) - dayNumber(nowMs, timeZone)
  if (days === 0) {
    return {
      words: relative.format(sign * Math.floor(size / HOUR_MS), 'hour'),
      changesInMs: untilNext(size, sign, HOUR_MS),
    }
  }
  if (Math.abs(days) < 7) return { words: relative.format(days, 'day'), changesInMs: HOUR_MS }
  const sameYear = yearOf(momentMs, timeZone) === yearOf(nowMs, timeZone)
  const date = new Intl.DateTimeFormat('en-US', {
    month: 'short',
    day: 'numeric',
    ...(sameYear ? {} : { year: 'numeric' }),
    timeZone,
  })
  return { words: date.format(momentMs), changesInMs: undefined }
}

/** The exact moment for the hover: "Monday, November 23, 2026 at 2:05 PM EST". */
export function exactTimeWords(momentMs: number, timeZone?: string): string {
  return new Intl.DateTimeFormat('en-US', { dateStyle: 'full', timeStyle: 'long', timeZone }).format(momentMs)
}

/** What a server may say, for it does not know the reader's zone: "Nov 23, 2026". */
export function plainDateWords(momentMs: number): string {
  return new Intl.DateTimeFormat('en-US', { dateStyle: 'medium', timeZone: 'UTC' }).format(momentMs)
}

function untilNext(sizeMs: number, sign: number, unitMs: number): number {
  const into = sizeMs % unitMs
  return sign === -1 ? unitMs - into : into + 1
}

function dayNumber(momentMs: number, timeZone: string | undefined): number {
  const [year, month, day] = calendarDay(momentMs, timeZone)
  return Date.UTC(year, month - 1, day) / DAY_MS
}

function yearOf(momentMs: number, timeZone: string | undefined): number {
  return calendarDay(momentMs, timeZone)[0]
}

function calendarDay(momentMs: number, timeZone: string | undefined): readonly [number, number, number] {
  const parts = new Intl.DateTimeFormat('en-US', {
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    timeZone,
  }).formatToParts(momentMs)
  const read = (type: Intl.DateTimeFormatPartTypes) => Number(parts.find((part) => part.type === type)?.value)
  return [read('year'), read('month'), read('day')]
}
