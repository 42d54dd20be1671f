import { sql } from 'drizzle-orm'
import type { ConsentEvent } from '../domain/consent.ts'
import { OPTED_OUT_CODE } from '../domain/outbox-steps.ts'
import type { SaidAboutTexting } from '../domain/revocation-words.ts'
import type { InboundMessage } from '../receiving/carrier-events.ts'
import type { ReceivingStore } from '../receiving/receiving-store.ts'
import { changeConsent, hearConsent, holdPhoneAlone, refusalIsNews } from './consent.ts'
import type { Database, Transaction } from './database.ts'
import { type Stored, storeInbound } from './inbound-message.ts'
import { askForMood } from './moods.ts'
import { recordProgress } from './outbox.ts'
import { time } from './time.ts'

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
      const { place, pool } = await placeOf(database, message)
      const event = eventOf(message.said)
      if (event !== undefined && (event === 'stop' || (event === 'revocation' && place === undefined))) {
        // The carrier stops the whole pool. Before it is stored, so that what fails here is told again.
        for (const tenantId of pool) {
          if (tenantId !== place?.tenantId)
            await closeElsewhere(database, { tenantId, message, event, atMs: deps.nowMs() })
        }
      }
      if (place === undefined) {
        if (pool.length === 0) return 'nobodys_number'
        await setAside(database, message, deps.nowMs())
        return 'set_aside'
      }
      const { tenantId, registered } = place
      const kept = await database.inTenant(tenantId, async (tx) => {
        // Before anything is read or written: waits for what is being sent to the number.
        if (event !== undefined) await holdPhoneAlone(tx, message.from)
        const atMs = deps.nowMs()
        const kept = await keep(tx, place, message, { ...deps, atMs })
        if (event !== undefined && kept !== undefined && (await kept.stored)) {
          await hearConsent(tx, { tenantId, phone: message.from, event, evidenceMessageId: kept.id, atMs })
        }
        return kept
      })
      if (kept === undefined || !(await kept.stored)) return 'seen'
      return registered ? 'stored' : 'stored_by_pool'
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
export function eventOf(said: SaidAboutTexting | undefined): ConsentEvent | undefined {
  return said === 'help' ? undefined : said
}

/** Stores a message and asks for its mood. Undefined when it had been stored before. */
export async function keep(
  tx: Transaction,
  place: { readonly tenantId: string; readonly practiceId: string },
  message: InboundMessage,
  { newId, readMoods, atMs }: Pick<ReceivingDeps, 'newId' | 'readMoods'> & { readonly atMs: number },
): Promise<Stored | undefined> {
  const kept = await storeInbound(tx, place, message, { newId, atMs })
  if (kept !== undefined && readMoods === true && message.body.trim() !== '' && (await kept.stored)) {
    await askForMood(tx, place.tenantId, kept.id, atMs)
  }
  return kept
}

/** Where a message belongs; and whose its pool is, where that matters: when nobody can say, or when it is stopped. */
async function placeOf(database: Database, { sid, from, to, messagingServiceSid, said }: InboundMessage) {
  const service = messagingServiceSid ?? null
  const [row] = await database.outsideTenants<{ tenant_id: string; practice_id: string; registered: boolean }>(
    sql`select tenant_id, practice_id, registered from app.place_of_text(${sid}, ${from}, ${to}, ${service})`,
  )
  const place = row && { tenantId: row.tenant_id, practiceId: row.practice_id, registered: row.registered }
  if (place !== undefined && said !== 'stop') return { place, pool: [] }
  const rows = await database.outsideTenants<{ tenant_id: string }>(
    sql`select tenant_id from app.tenants_of_pool(${service}) as tenant_id`,
  )
  return { place, pool: rows.map(({ tenant_id }) => tenant_id) }
}

interface SaidElsewhere {
  readonly tenantId: string
  readonly message: InboundMessage
  readonly event: ConsentEvent
  readonly atMs: number
}

/** What was said to a number of the pool holds for a tenant who does not get the message. Once, however often it is told. */
async function closeElsewhere(database: Database, { tenantId, message, event, atMs }: SaidElsewhere): Promise<void> {
  await database.inTenant(tenantId, async (tx) => {
    await holdPhoneAlone(tx, message.from)
    await hearConsent(tx, { tenantId, phone: message.from, event, evidenceSid: message.sid, atMs })
  })
}

async function setAside(database: Database, message: InboundMessage, atMs: number): Promise<void> {
  const { sid, messagingServiceSid, to, from, body, segmentCount, media, said } = message
  await database.outsideTenants(sql`
    insert into app.texts_set_aside (provider_sid, messaging_service_sid, to_phone, from_phone, body, segment_count,
      media, said, received_at)
    values (${sid}, ${messagingServiceSid ?? ''}, ${to}, ${from}, ${body}, ${segmentCount}, ${JSON.stringify(media)},
      ${said ?? null}, ${time(atMs)})
    on conflict do nothing`)
}

async function tenantOf(database: Database, messageId: string | undefined, sid: string): Promise<string | undefined> {
  const [row] = await database.outsideTenants<{ tenant: string | null }>(
    sql`select coalesce(app.tenant_of_message(null, ${sid}), app.tenant_of_message(${messageId ?? null}, ${sid})) as tenant`,
  )
  return row?.tenant ?? undefined
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
