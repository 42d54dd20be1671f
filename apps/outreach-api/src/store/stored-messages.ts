import { sql } from 'drizzle-orm'
import type { Viewer } from '../domain/viewer.ts'
import { reachedBy } from './conversation-rows.ts'
import type { Transaction } from './database.ts'

/** A conversation whose row this transaction has locked. */
export interface HeldConversation {
  readonly id: string
  readonly tenantId: string
  readonly practiceId: string
  readonly lastSeq: number
  readonly assignedSaxId: number | null
  readonly claimedBySaxId: number | null
  readonly claimedUntil: Date | undefined
}

interface HeldRow extends Record<string, unknown> {
  readonly id: string
  readonly tenant_id: string
  readonly practice_id: string
  readonly last_message_seq: string
  readonly assigned_sax_id: string | null
  readonly claimed_by_sax_id: string | null
  readonly claimed_until: string | null
}

/** Locks a conversation within the viewer's reach until the transaction ends: what is done to it is done one after the other. */
export async function holdConversation(
  tx: Transaction,
  viewer: Viewer,
  id: string,
): Promise<HeldConversation | undefined> {
  const { rows } = await tx.execute<HeldRow>(sql`
    select id, tenant_id, practice_id, last_message_seq, assigned_sax_id, claimed_by_sax_id, claimed_until
    from app.conversations c where ${reachedBy(viewer, sql`c`)} and id = ${id} for update`)
  const [row] = rows
  return (
    row && {
      id: row.id,
      tenantId: row.tenant_id,
      practiceId: row.practice_id,
      lastSeq: Number(row.last_message_seq),
      assignedSaxId: row.assigned_sax_id === null ? null : Number(row.assigned_sax_id),
      claimedBySaxId: row.claimed_by_sax_id === null ? null : Number(row.claimed_by_sax_id),
      claimedUntil: row.claimed_until === null ? undefined : new Date(row.claimed_until),
    }
  )
}

/** The number of a conversation within the viewer's reach, unlocked: it never changes. */
export async function phoneOf(tx: Transaction, viewer: Viewer, id: string): Promise<string | undefined> {
  const { rows } = await tx.execute<{ patient_phone: string }>(
    sql`select patient_phone from app.conversations c where ${reachedBy(viewer, sql`c`)} and id = ${id}`,
  )
  return rows[0]?.patient_phone
}

/** The practice of a conversation within the viewer's reach. */
export async function practiceOf(tx: Transaction, viewer: Viewer, id: string): Promise<string | undefined> {
  const { rows } = await tx.execute<{ practice_id: string }>(
    sql`select practice_id from app.conversations c where ${reachedBy(viewer, sql`c`)} and id = ${id}`,
  )
  return rows[0]?.practice_id
}

/** Whether somebody else of the practice has answered after the message that the viewer saw last. */
export async function answeredUnseen(
  tx: Transaction,
  viewer: Viewer,
  conversationId: string,
  seenSeq: number,
): Promise<boolean> {
  const { rows } = await tx.execute(sql`
    select 1 from app.messages
    where tenant_id = ${viewer.tenantId} and conversation_id = ${conversationId} and seq > ${seenSeq}
      and direction = 'outbound' and author_sax_id <> ${viewer.saxId} limit 1`)
  return rows.length > 0
}

/** The message that was stored under a writer's id. */
export async function messageOfClient(
  tx: Transaction,
  viewer: Viewer,
  clientId: string,
): Promise<
  | {
      readonly id: string
      readonly conversationId: string
      readonly body: string
      readonly author: number
      readonly pictureId: string | undefined
    }
  | undefined
> {
  const { rows } = await tx.execute<{
    id: string
    conversation_id: string
    body: string
    author_sax_id: string
    picture_id: string | null
  }>(sql`
    select id, conversation_id, body, author_sax_id, (
      select picture.id from app.message_media picture
      where picture.tenant_id = m.tenant_id and picture.message_id = m.id and picture.position = 0
    ) as picture_id
    from app.messages m
    where tenant_id = ${viewer.tenantId} and client_id = ${clientId}`)
  const [row] = rows
  return (
    row && {
      id: row.id,
      conversationId: row.conversation_id,
      body: row.body,
      author: Number(row.author_sax_id),
      pictureId: row.picture_id ?? undefined,
    }
  )
}

export interface OutboundMessage {
  readonly id: string
  readonly body: string
  readonly segmentCount: number
  readonly clientId: string
  readonly authorSaxId: number
  readonly templateId: string | undefined
  /** Not to be sent before. Undefined: at once. */
  readonly scheduledFor: Date | undefined
  /** The time of storing. */
  readonly at: Date
}

const PREVIEW_LENGTH = 160

/**
 * Puts a message to the patient behind the others and into the outbox, and with it answers whoever waited; should it
 * not arrive, they wait again. An archived conversation comes back. Consent was asked in this transaction, with the number held.
 */
export async function storeOutbound(
  tx: Transaction,
  { tenantId, id: conversationId, lastSeq }: HeldConversation,
  message: OutboundMessage,
): Promise<void> {
  const seq = lastSeq + 1
  const { body, scheduledFor } = message
  const at = message.at.toISOString()
  await tx.execute(sql`
    with stored as (
      insert into app.messages (id, tenant_id, practice_id, conversation_id, seq, direction, body, status, segment_count,
        author_sax_id, template_id, client_id, scheduled_for, created_at, answered_since, answered_warn_at,
        answered_due_at)
      select ${message.id}::uuid, tenant_id, practice_id, id, ${seq}::bigint, 'outbound', ${body}, 'queued',
        ${message.segmentCount}::int, ${message.authorSaxId}::bigint, ${message.templateId ?? null}::uuid,
        ${message.clientId}::uuid, ${scheduledFor?.toISOString() ?? null}::timestamptz, ${at}::timestamptz,
        waiting_since, warn_at, due_at
      from app.conversations where tenant_id = ${tenantId} and id = ${conversationId}
      returning id, tenant_id
    ), queued as (
      insert into app.outbox (message_id, tenant_id, next_attempt_at, changed_at)
      select id, tenant_id, ${scheduledFor?.toISOString() ?? at}::timestamptz, ${at}::timestamptz from stored
    )
    update app.conversations set last_message_seq = ${seq}, last_message_at = ${at},
      last_message_direction = 'outbound', last_message_preview = ${previewOf(body)}, status = 'active',
      waiting_since = null, warn_at = null, due_at = null, claimed_by_sax_id = null, claimed_until = null
    where tenant_id = ${tenantId} and id = ${conversationId}`)
}

/** As much as fits, without half an emoji at its end. */
function previewOf(body: string): string {
  const words = body.trim().replaceAll(/\s+/g, ' ')
  if (words.length <= PREVIEW_LENGTH) return words
  let preview = ''
  for (const { segment } of new Intl.Segmenter('en').segment(words)) {
    if (preview.length + segment.length >= PREVIEW_LENGTH) break
    preview += segment
  }
  return `${preview}…`
}
