import { z } from 'zod'

/** Longer than this nobody stands by and watches. */
const MAX_SECONDS = 900

export const shiftSchema = z.strictObject({
  /** Share of the backend's calls that the new version gets first. */
  percent: z.int().min(1).max(99),
  /** For how long the alarms are watched meanwhile. */
  seconds: z.int().min(1).max(MAX_SECONDS),
})

/** The share of the backend's calls that its new version gets first, and for how long. */
export type Shift = Readonly<z.output<typeof shiftSchema>>

export const shiftRecordSchema = z.strictObject({
  ...shiftSchema.shape,
  /** The one that got the share. */
  version: z.string(),
  /** ISO 8601: when the weight was set, and when it was over. */
  startedAt: z.string(),
  endedAt: z.string(),
  /** As they were seen last. */
  alarms: z.array(z.strictObject({ name: z.string(), state: z.string() })),
  /** `passed`: no alarm went off all the while, and the alias moved on as a whole. `broken off`: it did not come to that. */
  ended: z.enum(['passed', 'broken off']),
})

/** What came of a shift. */
export type ShiftRecord = Readonly<z.output<typeof shiftRecordSchema>>

export type ParsedShift =
  | { readonly kind: 'shift'; readonly shift: Shift }
  | { readonly kind: 'senseless'; readonly reason: string }

/** Reads `<percent>%/<seconds>s`. */
export function parseShift(text: string): ParsedShift {
  const senseless = (why: string): ParsedShift => ({ kind: 'senseless', reason: `--shift ${text}: ${why}` })
  const [, percent, seconds] = /^(\d+)%\/(\d+)s$/.exec(text) ?? []
  if (percent === undefined || seconds === undefined) {
    return senseless('write it as <percent>%/<seconds>s in whole numbers, for example 10%/600s.')
  }
  const shift = { percent: Number(percent), seconds: Number(seconds) }
  if (shift.percent < 1 || shift.percent > 99) {
    return senseless('the share is from 1 % to 99 %. Without --shift the new version gets all calls at once.')
  }
  if (shift.seconds < 1 || shift.seconds > MAX_SECONDS) {
    return senseless(`it lasts from 1 to ${MAX_SECONDS} seconds, which are ${MAX_SECONDS / 60} minutes.`)
  }
  return { kind: 'shift', shift }
}
