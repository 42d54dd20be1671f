import { Temporal } from 'temporal-polyfill'

/** From `opens` to `closes` by the practice's clock, HH:MM. `closes` may be 24:00. */
export interface OpeningHours {
  /** ISO 8601: Monday is 1. */
  readonly weekday: number
  readonly opens: string
  readonly closes: string
}

export interface PracticeCalendar {
  /** IANA name */
  readonly timeZone: string
  /** None at all: open at all hours. */
  readonly openingHours: readonly OpeningHours[]
  /** Days on which the practice is closed, YYYY-MM-DD. */
  readonly holidays: readonly string[]
}

export interface OpenTime {
  readonly from: Date
  readonly until: Date
}

/** Longer than any practice is closed. */
const DAYS_AHEAD = 400
const EVERY_DAY: readonly Omit<OpeningHours, 'weekday'>[] = [{ opens: '00:00', closes: '24:00' }]

/**
 * When the practice is open from `start` on, in order, without overlaps, for a little more than a year. Clock times
 * become instants as Temporal's `compatible` rule has it: one that is skipped in spring is as much later, and of one
 * that comes twice in autumn the first is meant.
 */
export function* openTimes(start: Date, calendar: PracticeCalendar): Generator<OpenTime> {
  const { timeZone, openingHours, holidays } = calendar
  const closed = new Set(holidays)
  const firstDay = Temporal.Instant.fromEpochMilliseconds(start.getTime()).toZonedDateTimeISO(timeZone).toPlainDate()
  let reachedMs = start.getTime()
  for (let ahead = 0; ahead < DAYS_AHEAD; ahead += 1) {
    const day = firstDay.add({ days: ahead })
    if (closed.has(day.toString())) continue
    const hours =
      openingHours.length === 0 ? EVERY_DAY : openingHours.filter(({ weekday }) => weekday === day.dayOfWeek)
    for (const { opens, closes } of hours.toSorted((a, b) => (a.opens < b.opens ? -1 : 1))) {
      const fromMs = Math.max(reachedMs, instantMs(day, opens, timeZone))
      const untilMs = instantMs(day, closes, timeZone)
      if (untilMs <= fromMs) continue
      yield { from: new Date(fromMs), until: new Date(untilMs) }
      reachedMs = untilMs
    }
  }
}

function instantMs(day: Temporal.PlainDate, clock: string, timeZone: string): number {
  const [date, time] = clock.startsWith('24:') ? [day.add({ days: 1 }), '00:00'] : [day, clock]
  return date.toZonedDateTime({ timeZone, plainTime: Temporal.PlainTime.from(time) }).epochMilliseconds
}
