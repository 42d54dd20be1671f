import { sql } from 'drizzle-orm'
import type { StartInDoubt, StartStore } from '../receiving/starts-in-doubt.ts'
import { changeConsent, consentOf, holdPhoneAlone, saidAgainst } from './consent.ts'
import type { Database, Transaction } from './database.ts'
import { takeDue } from './take-due.ts'
import { time } from './time.ts'

const FIRST_PAUSE_S = 15
const LONGEST_PAUSE_S = 3_600
/** Beyond, doubling reaches the longest pause anyway. */
const MOST_DOUBLINGS = 8

/** What is in doubt, in PostgreSQL. */
export function createStartStore(database: Database, nowMs: () => number): StartStore {
  return {
    take: ({ limit, nowMs: at }) =>
      takeDue(
        database,
        sql`select tenant_id, message_id as id from app.due_starts(${time(at)}, ${limit})`,
        (tx, { tenantId, id }) => takeOne(tx, { tenantId, messageId: id, at }),
      ),

    settle: ({ tenantId, messageId, phone, againstSids }, verdict) =>
      database.inTenant(tenantId, async (tx) => {
        // Before anything is read or written: waits for what is being sent to the number.
        await holdPhoneAlone(tx, phone)
        const at = nowMs()
        const { rows } = await tx.execute<{ created_at: Date | string; staff_since: boolean }>(sql`
          select message.created_at, exists (
            select from app.consent_ledger said
            where said.tenant_id = message.tenant_id and said.phone = ${phone} and said.source = 'staff'
              and said.state = 'opted_out' and said.at >= message.created_at
          ) as staff_since
          from app.starts_in_doubt doubt join app.messages message on message.id = doubt.message_id
          where doubt.message_id = ${messageId}`)
        const [doubt] = rows
        if (doubt === undefined) return 'settled'
        const against = await saidAgainst(tx, { tenantId, phone, atMs: new Date(doubt.created_at).getTime() })
        if (against.some((sid) => !againstSids.includes(sid))) {
          await tx.execute(
            sql`update app.starts_in_doubt set next_attempt_at = ${time(at)} where message_id = ${messageId}`,
          )
          return 'again'
        }
        await tx.execute(sql`delete from app.starts_in_doubt where message_id = ${messageId}`)
        const isNews = (await consentOf(tx, tenantId, phone)) !== 'subscribed' && !doubt.staff_since
        if (verdict === 'last_word' && isNews)
          await changeConsent(tx, { tenantId, phone, event: 'start', evidenceMessageId: messageId, atMs: at })
        return 'settled'
      }),
  }
}

interface DueStart {
  readonly tenantId: string
  readonly messageId: string
  readonly at: number
}

async function takeOne(tx: Transaction, { tenantId, messageId, at }: DueStart): Promise<StartInDoubt | undefined> {
  const { rows } = await tx.execute<{ phone: string; sid: string; created_at: Date | string; attempts: number }>(sql`
    with taken as (
      update app.starts_in_doubt set attempts = attempts + 1, next_attempt_at = ${time(at)} +
        least(${LONGEST_PAUSE_S}, ${FIRST_PAUSE_S} * 2 ^ least(attempts, ${MOST_DOUBLINGS})) * interval '1 second'
      where message_id = (
        select message_id from app.starts_in_doubt where message_id = ${messageId} and next_attempt_at <= ${time(at)}
        for update skip locked)
      returning message_id, attempts
    )
    select conversation.patient_phone as phone, message.provider_sid as sid, message.created_at, taken.attempts
    from taken
    join app.messages message on message.id = taken.message_id
    join app.conversations conversation on conversation.id = message.conversation_id`)
  const [row] = rows
  if (row === undefined) return undefined
  const { phone, sid: startSid, attempts } = row
  const atMs = new Date(row.created_at).getTime()
  return {
    tenantId,
    messageId,
    phone,
    startSid,
    attempts,
    againstSids: await saidAgainst(tx, { tenantId, phone, atMs }),
  }
}
