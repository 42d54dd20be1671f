/** A schedule that calls a function. */
export interface ClockedSchedule {
  readonly name: string
  readonly everyMs: number
  readonly functionArn: string
  readonly input: string
}

const UNITS: Readonly<Record<string, number>> = { minute: 60_000, hour: 3_600_000, day: 86_400_000 }

/**
 * What a schedule's template says; undefined: it is off, calls no function, or is no rate, which this laptop's clock does
 * not keep. @source Amazon EventBridge Scheduler User Guide, "Schedule types in EventBridge Scheduler" (rate-based)
 */
export function clockedSchedule(
  name: string,
  properties: Readonly<Record<string, unknown>>,
): ClockedSchedule | undefined {
  const { ScheduleExpression, State = 'ENABLED', Target } = properties
  const [, value, unit = ''] = /^rate\((\d+) (minute|hour|day)s?\)$/.exec(String(ScheduleExpression)) ?? []
  const { Arn, Input = '{}' } = (Target ?? {}) as { readonly Arn?: unknown; readonly Input?: unknown }
  const everyMs = Number(value) * (UNITS[unit] ?? Number.NaN)
  if (State !== 'ENABLED' || !(everyMs > 0) || typeof Arn !== 'string' || !Arn.includes(':lambda:')) return undefined
  return { name, everyMs, functionArn: Arn, input: String(Input) }
}

/** Says which schedules are due. One that is seen for the first time is due after its time, as at AWS. */
export class ScheduleClock {
  readonly #dueMs = new Map<string, number>()

  due(schedules: readonly ClockedSchedule[], nowMs: number): readonly ClockedSchedule[] {
    const names = new Set(schedules.map(({ name }) => name))
    for (const name of this.#dueMs.keys()) if (!names.has(name)) this.#dueMs.delete(name)
    return schedules.filter(({ name, everyMs }) => {
      const dueMs = this.#dueMs.get(name) ?? nowMs + everyMs
      // Who slept through several turns gets one.
      this.#dueMs.set(name, dueMs > nowMs ? dueMs : nowMs + everyMs)
      return dueMs <= nowMs
    })
  }
}
