import { sql } from 'drizzle-orm'
import { type Wait, waitAfter } from '../domain/response-time.ts'
import type { InboundMessage } from '../receiving/carrier-events.ts'
import type { Transaction } from './database.ts'
import { openConversation } from './open-conversation.ts'
import { findPracticeRules } from './practice-rules.ts'
import { time } from './time.ts'

interface Receiver {
  readonly tenantId: string
  readonly practiceId: string
}

const PREVIEW_LENGTH = 160

/**
 * Stores a message in the conversation with its sender, which is made when there is none and comes back when it was
 * archived. Answers the message's id, or undefined when it had been stored before.
 */
export async function storeInbound(
  tx: Transaction,
  receiver: Receiver,
  message: InboundMessage,
  { newId, atMs }: { readonly newId: () => string; readonly atMs: number },
): Promise<string | undefined> {
  const { tenantId, practiceId } = receiver
  const conversation = await holdConversation(tx, receiver, message, { newId, atMs })
  if (conversation === undefined) return undefined
  const id = newId()
  const seq = Number(conversation.last_message_seq) + 1
  const wait = await waitOf(tx, receiver, conversation, message, atMs)
  // One statement, for nothing is decided between its parts.
  const stored = await tx.execute(sql`
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
    select id from stored`)
  if (stored.rows.length === 0) return undefined
  for (const [position, { contentType, url }] of message.media.entries()) {
    await tx.execute(sql`
      insert into app.message_media (id, tenant_id, message_id, position, content_type, source_url)
      values (${newId()}, ${tenantId}, ${id}, ${position}, ${contentType}, ${url})`)
  }
  return id
}

interface ConversationRow extends Record<string, unknown> {
  readonly id: string
  readonly last_message_seq: string
  readonly waiting_since: string | null
  readonly warn_at: string | null
  readonly due_at: string | null
}

/**
 * The conversation with the sender, made when there is none; undefined when the message had been stored before. The row
 * stays locked till the end: the order of messages is the order in which they get here.
 */
async function holdConversation(
  tx: Transaction,
  { tenantId, practiceId }: Receiver,
  { from: phone, sid }: InboundMessage,
  { newId, atMs }: { readonly newId: () => string; readonly atMs: number },
): Promise<ConversationRow | undefined> {
  const hold = async () => {
    const { rows } = await tx.execute<ConversationRow & { readonly seen: boolean }>(sql`
      select id, last_message_seq, waiting_since, warn_at, due_at,
        exists (select from app.inbound_receipts where provider_sid = ${sid}) as seen
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

/** STOP, START and HELP ask for no answer; after STOP none may be given. */
async function waitOf(
  tx: Transaction,
  receiver: Receiver,
  { waiting_since, warn_at, due_at }: ConversationRow,
  { said }: InboundMessage,
  atMs: number,
): Promise<Wait | undefined> {
  if (said === 'stop') return undefined
  const before =
    waiting_since && warn_at && due_at
      ? { since: new Date(waiting_since), warnAt: new Date(warn_at), dueAt: new Date(due_at) }
      : undefined
  if (before !== undefined || said === 'start' || said === 'help') return before
  return waitAfter(
    before,
    { kind: 'asked', at: new Date(atMs) },
    (await findPracticeRules(tx, receiver.tenantId, receiver.practiceId)).promise,
  )
}
