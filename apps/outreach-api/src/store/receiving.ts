import { sql } from 'drizzle-orm'
import type { ConsentEvent } from '../domain/consent.ts'
import { OPTED_OUT_CODE } from '../domain/outbox-steps.ts'
import type { SaidAboutTexting } from '../domain/revocation-words.ts'
import type { InboundMessage } from '../receiving/carrier-events.ts'
import type { ReceivingStore } from '../receiving/receiving-store.ts'
import { changeConsent, holdPhoneAlone, refusalIsNews } from './consent.ts'
import type { Database, Transaction } from './database.ts'
import { storeInbound } from './inbound-message.ts'
import { askForMood } from './moods.ts'
import { recordProgress, time } from './outbox.ts'

export interface ReceivingDeps {
  readonly newId: () => string
  /** Present time in milliseconds since the epoch. */
  readonly nowMs: () => number
  /** Whether what patients write is to be read by a classifier. Default false. */
  readonly readMoods?: boolean
}

/** What the carrier tells, in PostgreSQL. */
export function createReceivingStore(database: Database, deps: ReceivingDeps): ReceivingStore {
  return {
    receive: async (message) => {
      const receiver = await receiverOf(database, message)
      if (receiver === undefined) return 'nobodys_number'
      const { tenantId } = receiver
      return database.inTenant(tenantId, async (tx) => {
        const event = eventOf(message.said)
        // Before anything is read or written: waits for what is being sent to the number.
        if (event !== undefined) await holdPhoneAlone(tx, message.from)
        const atMs = deps.nowMs()
        const messageId = await storeInbound(tx, receiver, message, { newId: deps.newId, atMs })
        if (messageId === undefined) return 'seen'
        if (deps.readMoods === true && message.body.trim() !== '') await askForMood(tx, tenantId, messageId, atMs)
        if (event !== undefined) {
          await changeConsent(tx, { tenantId, phone: message.from, event, evidenceMessageId: messageId, atMs })
        }
        return 'stored'
      })
    },

    report: async ({ sid, messageId, progress }) => {
      const tenantId = await tenantOf(database, messageId, sid)
      if (tenantId === undefined) return 'unknown_message'
      return database.inTenant(tenantId, async (tx) => {
        const atMs = deps.nowMs()
        const refused = progress.status === 'failed' && String(progress.errorCode) === OPTED_OUT_CODE
        const found = await messageOf(tx, messageId, sid)
        if (found === undefined) return 'unknown_message'
        if (refused) await holdPhoneAlone(tx, found.phone)
        // Before the outbox says that it is done: its last change is when the carrier got it.
        const closes = refused && (await refusalIsNews(tx, { tenantId, phone: found.phone, messageId: found.id }))
        // In the worker's order: the outbox before the message.
        await tx.execute(sql`
          update app.outbox set state = 'done', last_error = null, claimed_by = null, claimed_until = null,
            changed_at = ${time(atMs)}
          where message_id = ${found.id} and state <> 'done'
            and exists (select from app.messages where id = ${found.id} and coalesce(provider_sid, ${sid}) = ${sid})`)
        if (!(await recordProgress(tx, found.id, { progress, sid, atMs }))) return 'other_sid'
        if (closes) {
          const { phone } = found
          await changeConsent(tx, { tenantId, phone, event: 'carrier_refusal', evidenceMessageId: found.id, atMs })
        }
        return 'applied'
      })
    },
  }
}

/** Help is the carrier's to give; it changes nothing. */
function eventOf(said: SaidAboutTexting | undefined): ConsentEvent | undefined {
  return said === 'help' ? undefined : said
}

async function receiverOf(database: Database, { to, messagingServiceSid }: InboundMessage) {
  return database.inNoTenant(async (tx) => {
    const { rows } = await tx.execute<{ tenant_id: string; practice_id: string }>(
      sql`select tenant_id, practice_id from app.receiver_of(${to}, ${messagingServiceSid ?? null})`,
    )
    const [row] = rows
    return row && { tenantId: row.tenant_id, practiceId: row.practice_id }
  })
}

async function tenantOf(database: Database, messageId: string | undefined, sid: string): Promise<string | undefined> {
  return database.inNoTenant(async (tx) => {
    const { rows } = await tx.execute<{ tenant: string | null }>(
      sql`select coalesce(app.tenant_of_message(null, ${sid}), app.tenant_of_message(${messageId ?? null}, ${sid})) as tenant`,
    )
    return rows[0]?.tenant ?? undefined
  })
}

/** The carrier's own name decides; ours is for a message that has none of the carrier's yet. */
async function messageOf(tx: Transaction, messageId: string | undefined, sid: string) {
  const { rows } = await tx.execute<{ id: string; phone: string }>(sql`
    select message.id, conversation.patient_phone as phone
    from app.messages message join app.conversations conversation on conversation.id = message.conversation_id
    where message.direction = 'outbound' and (message.provider_sid = ${sid} or message.id = ${messageId ?? null})
    order by message.provider_sid = ${sid} desc nulls last limit 1`)
  return rows[0]
}
