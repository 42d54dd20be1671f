import { sql } from 'drizzle-orm'
import type { QuietHours } from '../domain/quiet-hours.ts'
import type { ResponsePromise } from '../domain/response-time.ts'
import type { Transaction } from './database.ts'

export interface PracticeRules {
  readonly promise: ResponsePromise
  readonly quietHours: QuietHours
}

interface Row extends Record<string, unknown> {
  readonly time_zone: string
  readonly response_target_min: number
  readonly response_warning_min: number
  readonly quiet_from: string
  readonly quiet_until: string
  readonly hours: { readonly weekday: number; readonly opens: string; readonly closes: string }[]
  readonly holidays: string[]
}

/** Calendar, promise and quiet hours of a practice of the tenant. Past holidays are left out. */
export async function findPracticeRules(tx: Transaction, tenantId: string, practiceId: string): Promise<PracticeRules> {
  const { rows } = await tx.execute<Row>(sql`
    select p.time_zone, p.response_target_min, p.response_warning_min, p.quiet_from::text, p.quiet_until::text,
      (select coalesce(json_agg(json_build_object('weekday', h.weekday, 'opens', h.opens, 'closes', h.closes)), '[]')
       from app.opening_hours h where h.tenant_id = p.tenant_id and h.practice_id = p.id) as hours,
      (select coalesce(json_agg(d.day), '[]') from app.holidays d
       where d.tenant_id = p.tenant_id and d.practice_id = p.id and d.day >= current_date - 2) as holidays
    from app.practices p where p.tenant_id = ${tenantId} and p.id = ${practiceId}`)
  const [row] = rows
  if (row === undefined) throw new Error('a conversation of a practice that is not there')
  return {
    promise: {
      timeZone: row.time_zone,
      openingHours: row.hours,
      holidays: row.holidays,
      targetMin: row.response_target_min,
      warningMin: row.response_warning_min,
    },
    quietHours: { from: row.quiet_from, until: row.quiet_until },
  }
}
