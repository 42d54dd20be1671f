import { type SQL, sql } from 'drizzle-orm'
import { type ConsentEvent, type ConsentState, nextConsent, TOLD_IN_DISORDER_MS } from '../domain/consent.ts'
import type { Transaction } from './database.ts'
import { time } from './time.ts'

/**
 * Keeps consent for a number as it is until the transaction ends: the choke point of everything that is sent. Taken
 * before the state is read, and before any row is locked.
 */
export async function holdPhoneShared(tx: Transaction, phone: string): Promise<void> {
  await tx.execute(sql`select app.hold_phone_shared(${phone})`)
}

/** Waits until nobody is sending to the number, and keeps everybody from it until the transaction ends. */
export async function holdPhoneAlone(tx: Transaction, phone: string): Promise<void> {
  await tx.execute(sql`select app.hold_phone_alone(${phone})`)
}

/** Whether a number may be texted. Good for a decision only while the number is held. */
export async function consentOf(tx: Transaction, tenantId: string, phone: string): Promise<ConsentState> {
  const { rows } = await tx.execute<{ state: ConsentState }>(
    sql`select state from app.consent where tenant_id = ${tenantId} and phone = ${phone}`,
  )
  return rows[0]?.state ?? 'subscribed'
}

export interface ConsentChange {
  readonly tenantId: string
  readonly phone: string
  readonly event: ConsentEvent
  /** The message that said so. */
  readonly evidenceMessageId?: string
  /** The carrier's name for it, where it is none of the tenant's. */
  readonly evidenceSid?: string
  /** The person who decided; exactly for what people do. */
  readonly actorSaxId?: number
  readonly reason?: string
  readonly atMs: number
}

/** What a patient said about being texted, in a message of the tenant's or in one that the carrier tells of. */
export type ConsentHeard = Omit<ConsentChange, 'actorSaxId' | 'reason'>

/**
 * Takes what a patient said, as of when it was told. What takes consent back holds at once. What gives it waits for the
 * carrier to say which was written last, when something that takes it back was told shortly before; and every
 * one that gave it is asked about once more when that was told shortly after. The number is held alone.
 */
export async function hearConsent(tx: Transaction, heard: ConsentHeard): Promise<void> {
  const { tenantId, phone, event, evidenceMessageId, atMs } = heard
  const before = await consentOf(tx, tenantId, phone)
  const { state } = nextConsent(before, event)
  const gives = state === 'subscribed' && before !== 'subscribed'
  if (gives && evidenceMessageId !== undefined && (await saidAgainst(tx, { tenantId, phone, atMs })).length > 0) {
    await tx.execute(sql`
      insert into app.starts_in_doubt (message_id, tenant_id, next_attempt_at)
      values (${evidenceMessageId}, ${tenantId}, ${time(atMs)})`)
    return
  }
  await changeConsent(tx, heard)
  if (state === 'subscribed') return
  await tx.execute(sql`
    insert into app.starts_in_doubt (message_id, tenant_id, next_attempt_at)
    select evidence_message_id, tenant_id, ${time(atMs)} from app.consent_ledger
    where tenant_id = ${tenantId} and phone = ${phone} and source = 'keyword' and state = 'subscribed'
      and at >= ${time(atMs - TOLD_IN_DISORDER_MS)}
    on conflict (message_id) do nothing`)
}

/**
 * The carrier's names of what speaks against a START that was told at that time: what took consent back and was told
 * since, or so shortly before that it may have been written later.
 */
export async function saidAgainst(
  tx: Transaction,
  { tenantId, phone, atMs }: { readonly tenantId: string; readonly phone: string; readonly atMs: number },
): Promise<readonly string[]> {
  const { rows } = await tx.execute<{ sid: string }>(sql`
    select coalesce(said.evidence_provider_sid, message.provider_sid) as sid
    from app.consent_ledger said
    left join app.messages message on message.tenant_id = said.tenant_id and message.id = said.evidence_message_id
    where said.tenant_id = ${tenantId} and said.phone = ${phone} and said.source in ('keyword', 'free_text')
      and said.state <> 'subscribed' and said.at >= ${time(atMs - TOLD_IN_DISORDER_MS)}
    order by said.id`)
  return rows.map(({ sid }) => sid)
}

/** Writes what an event means into the ledger, which sets the state. The number is held alone. Answers the new state. */
export async function changeConsent(tx: Transaction, change: ConsentChange): Promise<ConsentState> {
  const { state, recorded } = nextConsent(await consentOf(tx, change.tenantId, change.phone), change.event)
  if (!recorded) return state
  // What is told of a message of somebody else's counts once. The number is held, so nobody writes it in between.
  await tx.execute(sql`
    insert into app.consent_ledger (tenant_id, phone, state, source, evidence_message_id, evidence_provider_sid,
      actor_sax_id, reason, at)
    select ${change.tenantId}::uuid, ${change.phone}, ${state}, ${SOURCES[change.event]},
      ${change.evidenceMessageId ?? null}::uuid, ${change.evidenceSid ?? null}, ${change.actorSaxId ?? null}::bigint,
      ${change.reason ?? null}, ${time(change.atMs)}
    where not exists (
      select from app.consent_ledger told
      where told.tenant_id = ${change.tenantId} and told.evidence_provider_sid = ${change.evidenceSid ?? null}
    )`)
  return state
}

/**
 * Whether a report of the carrier that it refused a message says something new of the number: it was not told before, and
 * the patient has not said START since the carrier has the message. The number is held alone.
 */
export async function refusalIsNews(
  tx: Transaction,
  { tenantId, phone, messageId }: { readonly tenantId: string; readonly phone: string; readonly messageId: string },
): Promise<boolean> {
  const { rows } = await tx.execute(sql`
    select 1 from app.consent_ledger
    where tenant_id = ${tenantId} and phone = ${phone} and source = 'carrier' and evidence_message_id = ${messageId}
    limit 1`)
  const handedOver = sql`(select changed_at from app.outbox where message_id = ${messageId})`
  return rows.length === 0 && !(await saidStartSince(tx, tenantId, phone, handedOver))
}

/** Whether START was told at that time or later. The number is held alone. */
export async function saidStartSince(tx: Transaction, tenantId: string, phone: string, since: SQL): Promise<boolean> {
  const { rows } = await tx.execute(sql`
    select 1 from app.consent_ledger
    where tenant_id = ${tenantId} and phone = ${phone} and source = 'keyword' and state = 'subscribed' and at >= ${since}
    limit 1`)
  return rows.length > 0
}

/** Whether words to the effect of stop came after what a person has read of the conversation. The number is held alone. */
export async function revokedUnseen(
  tx: Transaction,
  {
    tenantId,
    conversationId,
    seenSeq,
  }: { readonly tenantId: string; readonly conversationId: string; readonly seenSeq: number },
): Promise<boolean> {
  const { rows } = await tx.execute(sql`
    select 1 from app.messages written
    join app.consent_ledger said on said.tenant_id = written.tenant_id and said.evidence_message_id = written.id
    join app.conversations talk on talk.tenant_id = written.tenant_id and talk.id = written.conversation_id
      and talk.patient_phone = said.phone
    where written.tenant_id = ${tenantId} and written.conversation_id = ${conversationId} and written.seq > ${seenSeq}
      and said.source = 'free_text'
    limit 1`)
  return rows.length > 0
}

/** Whether anything was said of a number at that time or later. The number is held alone. */
export async function saidSince(tx: Transaction, tenantId: string, phone: string, atMs: number): Promise<boolean> {
  const { rows } = await tx.execute(sql`
    select 1 from app.consent_ledger
    where tenant_id = ${tenantId} and phone = ${phone} and at >= ${time(atMs)} limit 1`)
  return rows.length > 0
}

const SOURCES: Readonly<Record<ConsentEvent, 'keyword' | 'free_text' | 'carrier' | 'staff'>> = {
  stop: 'keyword',
  start: 'keyword',
  yes: 'keyword',
  revocation: 'free_text',
  carrier_refusal: 'carrier',
  person_opt_out: 'staff',
  person_release: 'staff',
}
