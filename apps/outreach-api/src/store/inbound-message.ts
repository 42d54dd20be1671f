import { sql } from 'drizzle-orm'
import { type Wait, waitAfter } from '../domain/response-time.ts'
import type { InboundMessage } from '../receiving/carrier-events.ts'
import { type Transaction, withCommit } from './database.ts'
import { openConversation } from './open-conversation.ts'
import { type RulesRow, rulesOf, toPracticeRules } from './practice-rules.ts'
import { time } from './time.ts'

interface Receiver {
  readonly tenantId: string
  readonly practiceId: string
}

const PREVIEW_LENGTH = 160

/** A message on its way into its conversation. */
export interface Stored {
  readonly id: string
  /**
   * False when another had stored it meanwhile, in which case nothing was changed. Answered when the transaction ends, or
   * before, for those who do more in it.
   */
  readonly stored: Promise<boolean>
}

/**
 * Stores a message in the conversation with its sender, which is made when there is none and comes back when it was
 * archived. Undefined when it had been stored before.
 */
export async function storeInbound(
  tx: Transaction,
  receiver: Receiver,
  message: InboundMessage,
  { newId, atMs }: { readonly newId: () => string; readonly atMs: number },
): Promise<Stored | undefined> {
  const { tenantId, practiceId } = receiver
  const conversation = await holdConversation(tx, receiver, message, { newId, atMs })
  if (conversation === undefined) return undefined
  const id = newId()
  const seq = Number(conversation.last_message_seq) + 1
  const wait = waitOf(conversation, message, atMs)
  // One statement, for nothing is decided between its parts, and mostly nothing after it: it leaves with the commit.
  const answer = withCommit(
    tx,
    sql`
    with stored as (
      insert into app.messages (id, tenant_id, practice_id, conversation_id, seq, direction, body, status, segment_count,
        provider_sid, created_at)
      values (${id}, ${tenantId}, ${practiceId}, ${conversation.id}, ${seq}, 'inbound', ${message.body}, 'delivered',
        ${message.segmentCount}, ${message.sid}, ${time(atMs)})
      on conflict (provider_sid) do nothing returning id
    ), receipt as (
      insert into app.inbound_receipts (provider_sid, tenant_id, message_id, received_at)
      select ${message.sid}, ${tenantId}::uuid, id, ${time(atMs)}::timestamptz from stored
    ), told as (
      update app.conversations set last_message_seq = ${seq}, last_message_at = greatest(last_message_at, ${time(atMs)}),
        last_message_direction = 'inbound', status = 'active', texted_phone = ${message.to},
        last_message_preview = ${[...message.body].slice(0, PREVIEW_LENGTH).join('')},
        unread_count = unread_count + 1, waiting_since = ${wait?.since.toISOString() ?? null},
        warn_at = ${wait?.warnAt.toISOString() ?? null}, due_at = ${wait?.dueAt.toISOString() ?? null}
      where id = ${conversation.id} and exists (select from stored)
    )
    select id from stored`,
  )
  const stored = answer.then(({ rows }) => rows.length > 0)
  // The transaction fails with it, and says so.
  stored.catch(() => undefined)
  if (message.media.length > 0 && (await stored)) {
    for (const [position, { contentType, url }] of message.media.entries()) {
      await tx.execute(sql`
        insert into app.message_media (id, tenant_id, message_id, position, content_type, source_url)
        values (${newId()}, ${tenantId}, ${id}, ${position}, ${contentType}, ${url})`)
    }
  }
  return { id, stored }
}

interface ConversationRow extends Record<string, unknown> {
  readonly id: string
  readonly last_message_seq: string
  readonly waiting_since: string | null
  readonly warn_at: string | null
  readonly due_at: string | null
  /** Of the practice, where they decide about this message. */
  readonly rules: RulesRow | null
}

/**
 * The conversation with the sender, made when there is none; undefined when the message had been stored before. The row
 * stays locked till the end: the order of messages is the order in which they get here.
 */
async function holdConversation(
  tx: Transaction,
  { tenantId, practiceId }: Receiver,
  { from: phone, sid, said }: InboundMessage,
  { newId, atMs }: { readonly newId: () => string; readonly atMs: number },
): Promise<ConversationRow | undefined> {
  const hold = async () => {
    const { rows } = await tx.execute<ConversationRow & { readonly seen: boolean }>(sql`
      select id, last_message_seq, waiting_since, warn_at, due_at,
        exists (select from app.inbound_receipts where provider_sid = ${sid}) as seen,
        case when waiting_since is null and ${asks(said)} then ${rulesOf(tenantId, practiceId)} end as rules
      from app.conversations
      where tenant_id = ${tenantId} and practice_id = ${practiceId} and patient_phone = ${phone} for update`)
    return rows[0]
  }
  const known = await hold()
  if (known !== undefined) return known.seen ? undefined : known
  // Stored before the number was another practice's: nothing is made for it.
  const seen = await tx.execute(sql`select 1 from app.inbound_receipts where provider_sid = ${sid}`)
  if (seen.rows.length > 0) return undefined
  await openConversation(tx, { id: newId(), tenantId, practiceId, phone, at: new Date(atMs) })
  const made = await hold()
  if (made === undefined) throw new Error('a conversation was neither made nor found')
  return made
}

/** STOP, START and HELP ask for no answer. */
function asks(said: InboundMessage['said']): boolean {
  return said !== 'stop' && said !== 'start' && said !== 'help'
}

/** After STOP no answer may be given. */
function waitOf(
  { waiting_since, warn_at, due_at, rules }: ConversationRow,
  { said }: InboundMessage,
  atMs: number,
): Wait | undefined {
  if (said === 'stop') return undefined
  const before =
    waiting_since && warn_at && due_at
      ? { since: new Date(waiting_since), warnAt: new Date(warn_at), dueAt: new Date(due_at) }
      : undefined
  if (before !== undefined || !asks(said)) return before
  if (rules === null) throw new Error('a conversation of a practice that is not there')
  return waitAfter(before, { kind: 'asked', at: new Date(atMs) }, toPracticeRules(rules).promise)
}
