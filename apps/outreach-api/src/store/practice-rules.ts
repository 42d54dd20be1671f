import { type SQL, sql } from 'drizzle-orm'
import type { QuietHours } from '../domain/quiet-hours.ts'
import type { ResponsePromise } from '../domain/response-time.ts'
import type { Transaction } from './database.ts'

export interface PracticeRules {
  readonly promise: ResponsePromise
  readonly quietHours: QuietHours
}

/** As PostgreSQL tells them in JSON. */
export interface RulesRow {
  readonly timeZone: string
  readonly targetMin: number
  readonly warningMin: number
  readonly quietFrom: string
  readonly quietUntil: string
  readonly hours: { readonly weekday: number; readonly opens: string; readonly closes: string }[]
  readonly holidays: string[]
}

/** The rules of a practice as one value, `RulesRow`, of a statement that reads something else too; null: no such practice. */
export function rulesOf(tenantId: string, practiceId: string): SQL {
  return sql`(
    select json_build_object('timeZone', p.time_zone, 'targetMin', p.response_target_min,
      'warningMin', p.response_warning_min, 'quietFrom', p.quiet_from::text, 'quietUntil', p.quiet_until::text,
      'hours', (select coalesce(json_agg(json_build_object('weekday', h.weekday, 'opens', h.opens, 'closes', h.closes)), '[]')
        from app.opening_hours h where h.tenant_id = p.tenant_id and h.practice_id = p.id),
      'holidays', (select coalesce(json_agg(d.day), '[]') from app.holidays d
        where d.tenant_id = p.tenant_id and d.practice_id = p.id and d.day >= current_date - 2))
    from app.practices p where p.tenant_id = ${tenantId} and p.id = ${practiceId})`
}

export function toPracticeRules({ quietFrom, quietUntil, hours, ...promise }: RulesRow): PracticeRules {
  return { promise: { ...promise, openingHours: hours }, quietHours: { from: quietFrom, until: quietUntil } }
}

/** Calendar, promise and quiet hours of a practice of the tenant. Past holidays are left out. */
export async function findPracticeRules(tx: Transaction, tenantId: string, practiceId: string): Promise<PracticeRules> {
  const { rows } = await tx.execute<{ rules: RulesRow | null }>(sql`select ${rulesOf(tenantId, practiceId)} as rules`)
  const rules = rows[0]?.rules
  if (!rules) throw new Error('a conversation of a practice that is not there')
  return toPracticeRules(rules)
}
