import { type SQL, sql } from 'drizzle-orm'
import type { ConsentState } from '../domain/consent.ts'
import { further, type MessageStatus, type Progress } from '../domain/message-status.ts'
import type { Step } from '../domain/outbox-steps.ts'
import type { Letter } from '../sending/carrier.ts'
import type { Claim, OutboxStore } from '../sending/outbox-store.ts'
import { tellConversation } from './called-off.ts'
import { changeConsent, consentOf, holdPhoneAlone, holdPhoneShared, saidStartSince } from './consent.ts'
import type { Database, Transaction } from './database.ts'
import { time } from './time.ts'

/** The outbox in PostgreSQL. Times are the caller's, never the database's. */
export function createOutboxStore(database: Database, nowMs: () => number): OutboxStore {
  return {
    due: async ({ nowMs: at, limit }) => {
      const rows = await database.outsideTenants<{ tenant_id: string; message_id: string }>(
        sql`select tenant_id, message_id from app.due_sends(${time(at)}, ${limit})`,
      )
      return rows.map(({ tenant_id, message_id }) => ({ tenantId: tenant_id, messageId: message_id }))
    },

    claim: (key, { token, claimMs, settlingMs }) =>
      database.inTenant(key.tenantId, async (tx) => {
        // Who is talking to the carrier about it holds this, even when its claim has run out meanwhile.
        if (!(await holdMessage(tx, key.messageId))) return undefined
        const at = nowMs()
        const { rows } = await tx.execute<{ state: string; attempts: number }>(sql`
          select state, attempts from app.outbox
          where message_id = ${key.messageId} and state not in ('done', 'dead') and next_attempt_at <= ${time(at)}
            and (claimed_until is null or claimed_until <= ${time(at)})
          for update skip locked`)
        const [row] = rows
        if (row === undefined) return undefined
        if (row.state === 'sending') {
          await tx.execute(sql`
            update app.outbox set state = 'unknown', next_attempt_at = ${time(at + settlingMs)}, last_error = 'worker_gone',
              claimed_by = null, claimed_until = null, changed_at = ${time(at)}
            where message_id = ${key.messageId}`)
          return undefined
        }
        const work = row.state === 'unknown' ? 'ask' : 'send'
        await tx.execute(sql`
          update app.outbox set state = ${work === 'ask' ? 'unknown' : 'claimed'}, claimed_by = ${token},
            claimed_until = ${time(at + claimMs)}, changed_at = ${time(at)}
          where message_id = ${key.messageId}`)
        return { ...key, token, work, attempts: row.attempts }
      }),

    begin: (claim) =>
      database.inTenant(claim.tenantId, async (tx) => {
        const begun = await tx.execute(sql`
          update app.outbox set state = 'sending', attempts = attempts + 1, changed_at = ${time(nowMs())}
          where ${mine(claim)} and state = 'claimed'`)
        return begun.rowCount === 1 ? 'begun' : 'lost'
      }),

    holding: (claim, work) =>
      database.inTenant(claim.tenantId, async (tx) => {
        // Reads and advisory locks only, until the carrier has answered: see the migration that makes the feed.
        if (!(await holdMessage(tx, claim.messageId))) return 'lost'
        const letter = await letterOf(tx, claim)
        if (letter === undefined) return 'lost'
        await holdPhoneShared(tx, letter.to)
        if (!(await isMine(tx, claim, 'sending'))) return 'lost'
        const consent: ConsentState = await consentOf(tx, claim.tenantId, letter.to)
        return write(tx, claim, await work({ letter, consent }), nowMs())
      }),

    letter: (claim) => database.inTenant(claim.tenantId, (tx) => letterOf(tx, claim)),

    known: (claim, sids) =>
      database.inTenant(claim.tenantId, async (tx) => {
        if (sids.length === 0) return new Set()
        const { rows } = await tx.execute<{ provider_sid: string }>(sql`
          select provider_sid from app.messages
          where provider_sid in (${sql.join(
            sids.map((sid) => sql`${sid}`),
            sql`, `,
          )}) and id <> ${claim.messageId}`)
        return new Set(rows.map(({ provider_sid }) => provider_sid))
      }),

    record: (claim, step) => database.inTenant(claim.tenantId, (tx) => write(tx, claim, step, nowMs())),

    refusedByCarrier: (claim, refusedAtMs) =>
      database.inTenant(claim.tenantId, async (tx) => {
        const letter = await letterOf(tx, claim)
        if (letter === undefined) return
        await holdPhoneAlone(tx, letter.to)
        const { tenantId, messageId } = claim
        if (await saidStartSince(tx, tenantId, letter.to, time(refusedAtMs))) return
        const refusal = { event: 'carrier_refusal', evidenceMessageId: messageId } as const
        await changeConsent(tx, { tenantId, phone: letter.to, ...refusal, atMs: nowMs() })
      }),
  }
}

/**
 * Brings a message's progress up to what a report says. The message's row stays locked till the end. False, and nothing
 * done, when the carrier knows it by another name.
 */
export async function recordProgress(
  tx: Transaction,
  messageId: string,
  report: { readonly progress: Progress; readonly sid?: string | undefined; readonly atMs: number },
): Promise<boolean> {
  const { rows } = await tx.execute<{ status: MessageStatus; error_code: number | null; provider_sid: string | null }>(
    sql`select status, error_code, provider_sid from app.messages
      where id = ${messageId} and direction = 'outbound' for update`,
  )
  const [row] = rows
  if (row === undefined) return false
  if (report.sid !== undefined && row.provider_sid !== null && report.sid !== row.provider_sid) return false
  const { status, errorCode } = further({ status: row.status, errorCode: row.error_code ?? undefined }, report.progress)
  const at = time(report.atMs)
  const sent = ['sent', 'delivered', 'read'].includes(status)
  const delivered = ['delivered', 'read'].includes(status)
  await tx.execute(sql`
    update app.messages set status = ${status}, error_code = ${errorCode ?? null},
      provider_sid = coalesce(provider_sid, ${report.sid ?? null}),
      sent_at = ${sent ? sql`coalesce(sent_at, ${at})` : sql`sent_at`},
      delivered_at = ${delivered ? sql`coalesce(delivered_at, ${at})` : sql`delivered_at`},
      read_at = ${status === 'read' ? sql`coalesce(read_at, ${at})` : sql`read_at`}
    where id = ${messageId}
      and (status, error_code, provider_sid) is distinct from
        (${status}, ${errorCode ?? null}::int, coalesce(provider_sid, ${report.sid ?? null}))`)
  return true
}

async function write(tx: Transaction, claim: Claim, step: Step, at: number): Promise<'recorded' | 'lost'> {
  const written = await tx.execute(sql`
    update app.outbox set state = ${step.state}, last_error = ${step.errorCode ?? null},
      next_attempt_at = ${step.nextAttemptAtMs === undefined ? sql`next_attempt_at` : time(step.nextAttemptAtMs)},
      attempts = attempts - ${step.uncounted ? 1 : 0}, claimed_by = null, claimed_until = null, changed_at = ${time(at)}
    where ${mine(claim)}`)
  if (written.rowCount !== 1) return 'lost'
  if (step.message !== undefined)
    await recordProgress(tx, claim.messageId, { progress: step.message, sid: step.sid, atMs: at })
  if (step.state === 'dead') await tellConversation(tx, claim.messageId)
  return 'recorded'
}

/**
 * The message as the carrier is given it. It goes out from the number that the patient texted last, as long as it is the
 * practice's, else from the practice's lowest. A number that is named beside its pool is the one that sends.
 * @source Twilio documentation, "Error 21603" (both at once), "Messaging Services" (Sticky Sender chooses where no number is named)
 */
async function letterOf(tx: Transaction, { messageId }: Pick<Claim, 'messageId'>): Promise<Letter | undefined> {
  const { rows } = await tx.execute<{
    to: string
    from: string | null
    service: string | null
    body: string
    pictures: string[]
    created_at: Date | string
  }>(sql`
    select conversation.patient_phone as to, sender.phone as from, sender.messaging_service_sid as service,
      message.body, message.created_at, array(
        select picture.id::text from app.message_media picture
        where picture.tenant_id = message.tenant_id and picture.message_id = message.id and picture.verdict = 'kept'
        order by picture.position
      ) as pictures
    from app.messages message
    join app.conversations conversation on conversation.id = message.conversation_id
    left join lateral (
      select phone, messaging_service_sid from app.senders
      where tenant_id = message.tenant_id and practice_id = message.practice_id
      order by phone = conversation.texted_phone desc, phone limit 1
    ) sender on true
    where message.id = ${messageId}`)
  const [row] = rows
  if (row === undefined) return undefined
  return {
    messageId,
    to: row.to,
    from: row.from ?? '',
    messagingServiceSid: row.service ?? undefined,
    body: row.body,
    pictures: row.pictures,
    storedAtMs: new Date(row.created_at).getTime(),
  }
}

async function isMine(tx: Transaction, claim: Claim, state: 'sending'): Promise<boolean> {
  const { rows } = await tx.execute(sql`select 1 from app.outbox where ${mine(claim)} and state = ${state}`)
  return rows.length === 1
}

function mine({ messageId, token }: Claim): SQL {
  return sql`message_id = ${messageId} and claimed_by = ${token}`
}

/** Second number of the advisory locks, so that a message's never meets a telephone's by more than chance. */
async function holdMessage(tx: Transaction, messageId: string): Promise<boolean> {
  const { rows } = await tx.execute<{ held: boolean }>(
    sql`select pg_try_advisory_xact_lock(hashtextextended('outbox ' || ${messageId}, 0)) as held`,
  )
  return rows[0]?.held === true
}
