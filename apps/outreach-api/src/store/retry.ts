import { sql } from 'drizzle-orm'
import type { Viewer } from '../domain/viewer.ts'
import { tellConversation } from './called-off.ts'
import type { Transaction } from './database.ts'

/** Puts a message that was given up back among those that wait. False when it was not given up, or the carrier has it. */
export async function retryDead(tx: Transaction, viewer: Viewer, id: string, now: Date): Promise<boolean> {
  const at = now.toISOString()
  const revived = await tx.execute(sql`
    update app.outbox set state = 'waiting', attempts = 0, next_attempt_at = ${at}, last_error = null,
      claimed_by = null, claimed_until = null, changed_at = ${at}
    where tenant_id = ${viewer.tenantId} and message_id = ${id} and state = 'dead'
      and exists (select from app.messages where id = ${id} and tenant_id = ${viewer.tenantId} and provider_sid is null)`)
  if (revived.rowCount !== 1) return false
  await tx.execute(sql`
    update app.messages set status = 'queued', error_code = null, cancelled_at = null, cancelled_by_sax_id = null,
      scheduled_for = null
    where tenant_id = ${viewer.tenantId} and id = ${id}`)
  await tellConversation(tx, id)
  return true
}
