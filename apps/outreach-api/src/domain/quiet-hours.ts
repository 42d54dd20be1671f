import { Temporal } from 'temporal-polyfill'

/** By the patient's clock, HH:MM. Equal times: never quiet. `from` may be later than `until`: over midnight. */
export interface QuietHours {
  readonly from: string
  readonly until: string
}

export interface Quiet {
  readonly quietNow: boolean
  /** When that changes next. */
  readonly changesAt: Date
}

/** Whether a patient in this time zone should not be disturbed now, and when that changes. */
export function quietAt(now: Date, timeZone: string, hours: QuietHours): Quiet {
  const from = Temporal.PlainTime.from(hours.from)
  const until = Temporal.PlainTime.from(hours.until)
  const here = Temporal.Instant.fromEpochMilliseconds(now.getTime()).toZonedDateTimeISO(timeZone)
  const clock = here.toPlainTime()
  const isAfter = (time: Temporal.PlainTime) => Temporal.PlainTime.compare(clock, time) >= 0
  const overMidnight = Temporal.PlainTime.compare(from, until) > 0
  const quietNow = overMidnight ? isAfter(from) || !isAfter(until) : isAfter(from) && !isAfter(until)
  const edge = quietNow ? until : from
  const today = here.toPlainDate().toZonedDateTime({ timeZone, plainTime: edge })
  const next =
    Temporal.ZonedDateTime.compare(today, here) > 0
      ? today
      : here.toPlainDate().add({ days: 1 }).toZonedDateTime({ timeZone, plainTime: edge })
  return { quietNow, changesAt: new Date(next.epochMilliseconds) }
}
