import { practices } from './practices.ts'

export interface SampleOpeningHours {
  readonly tenantId: string
  readonly practiceId: string
  /** ISO 8601: Monday is 1. */
  readonly weekday: number
  /** HH:MM */
  readonly opens: string
  readonly closes: string
}

/** Office hours of every practice but the seed's, which watches sleepers and is open at all hours. */
export const openingHours: readonly SampleOpeningHours[] = practices
  .slice(1)
  .flatMap(({ tenantId, id }) =>
    [1, 2, 3, 4, 5].map((weekday) => ({ tenantId, practiceId: id, weekday, opens: '08:00', closes: '17:00' })),
  )
