import type { QuietHours } from '@sax/api-contract'
import { sql } from 'drizzle-orm'
import { quietAt } from '../domain/quiet-hours.ts'
import type { Viewer } from '../domain/viewer.ts'
import type { Transaction } from './database.ts'
import { findPracticeRules } from './practice-rules.ts'

/** Whether a patient of a practice should not be disturbed now: by their own clock, or the practice's where nobody is known. */
export async function quietHoursOf(
  tx: Transaction,
  viewer: Viewer,
  { practiceId, patientId }: { readonly practiceId: string; readonly patientId: string | null },
  now: Date,
): Promise<QuietHours> {
  const { promise, quietHours } = await findPracticeRules(tx, viewer.tenantId, practiceId)
  const timeZone = (await timeZoneOf(tx, viewer, patientId)) ?? promise.timeZone
  const { quietNow, changesAt } = quietAt(now, timeZone, quietHours)
  return { timeZone, quietNow, changesAt: changesAt.toISOString() }
}

async function timeZoneOf(tx: Transaction, viewer: Viewer, patientId: string | null): Promise<string | undefined> {
  if (patientId === null) return undefined
  const { rows } = await tx.execute<{ time_zone: string }>(
    sql`select time_zone from app.patients where tenant_id = ${viewer.tenantId} and id = ${patientId}`,
  )
  return rows[0]?.time_zone
}
