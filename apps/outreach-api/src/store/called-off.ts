import { type SQL, sql } from 'drizzle-orm'
import type { Viewer } from '../domain/viewer.ts'
import type { Transaction } from './database.ts'

/**
 * Calls off a message that waits, or was given up. False when a worker has it or had it: what may have left cannot be
 * called off. The patient whom it would have answered waits again.
 */
export async function callOff(tx: Transaction, viewer: Viewer, id: string, now: Date): Promise<boolean> {
  const at = now.toISOString()
  const stopped = await tx.execute(sql`
    update app.outbox set state = 'dead', last_error = 'cancelled', claimed_by = null, claimed_until = null,
      changed_at = ${at}
    where tenant_id = ${viewer.tenantId} and message_id = ${id} and state in ('waiting', 'dead') and ${notTaken(viewer, id)}`)
  if (stopped.rowCount !== 1) return false
  await tx.execute(sql`
    update app.messages set status = 'failed', error_code = null, cancelled_at = ${at}, cancelled_by_sax_id = ${viewer.saxId}
    where tenant_id = ${viewer.tenantId} and id = ${id}`)
  await tellConversation(tx, id)
  return true
}

/** Makes a message due that waits for later. False when it does not, or no longer. */
export async function bringForward(tx: Transaction, viewer: Viewer, id: string, now: Date): Promise<boolean> {
  const at = now.toISOString()
  const due = await tx.execute(sql`
    update app.outbox set next_attempt_at = ${at}, changed_at = ${at}
    where tenant_id = ${viewer.tenantId} and message_id = ${id} and state = 'waiting' and next_attempt_at > ${at}
      and exists (select from app.messages where id = ${id} and tenant_id = ${viewer.tenantId} and scheduled_for is not null)`)
  if (due.rowCount !== 1) return false
  await tx.execute(sql`
    update app.messages set scheduled_for = null where tenant_id = ${viewer.tenantId} and id = ${id}`)
  return true
}

/** The carrier has no name for it. */
function notTaken(viewer: Viewer, id: string): SQL {
  return sql`exists (select from app.messages where id = ${id} and tenant_id = ${viewer.tenantId} and provider_sid is null)`
}

/** Lists hear of it: whether a conversation has messages that were not sent is theirs to show. After the message's own row. */
export async function tellConversation(tx: Transaction, messageId: string): Promise<void> {
  await tx.execute(sql`
    update app.conversations set status = status
    where id = (select conversation_id from app.messages where id = ${messageId})`)
}

/**
 * Conversations with messages that were given up before the carrier had them, and that nobody has called off; and those
 * whose newest message the carrier had and did not deliver. Read once for a whole statement.
 */
export const withUnsent = sql`
  select unsent.conversation_id from app.outbox given_up
  join app.messages unsent on unsent.tenant_id = given_up.tenant_id and unsent.id = given_up.message_id
  where given_up.tenant_id = (select app.tenant()) and given_up.state = 'dead' and unsent.cancelled_at is null
  union all
  select missed.id from app.conversations missed
  where missed.tenant_id = (select app.tenant()) and missed.not_arrived`
