import { sql } from 'drizzle-orm'
import type { Viewer } from '../domain/viewer.ts'
import { reachedBy } from './conversation-rows.ts'
import type { Database, Transaction } from './database.ts'

/** A picture that lies in storage. */
export interface KeptMedia {
  readonly conversationId: string
  readonly storageKey: string
  readonly contentType: string
  readonly bytes: number
}

interface KeptRow extends Record<string, unknown> {
  readonly conversation_id: string
  readonly storage_key: string
  readonly content_type: string
  readonly bytes: string
}

/** A kept picture of a message within the viewer's reach, or one of the viewer's own that was not sent yet. */
export async function findMedia(tx: Transaction, viewer: Viewer, id: string): Promise<KeptMedia | undefined> {
  const { rows } = await tx.execute<KeptRow>(sql`
    select m.conversation_id, picture.storage_key, picture.content_type, picture.bytes
    from app.message_media picture
    join app.messages m on m.tenant_id = picture.tenant_id and m.id = picture.message_id
    where ${reachedBy(viewer, sql`m`)} and picture.id = ${id} and picture.verdict = 'kept'
    union all
    select u.conversation_id, u.storage_key, u.content_type, u.bytes from app.uploads u
    where ${reachedBy(viewer, sql`u`)} and u.id = ${id} and u.author_sax_id = ${viewer.saxId} and u.message_id is null`)
  return rows[0] && toKept(rows[0])
}

function toKept(row: KeptRow): KeptMedia {
  return {
    conversationId: row.conversation_id,
    storageKey: row.storage_key,
    contentType: row.content_type,
    bytes: Number(row.bytes),
  }
}

export interface NewUpload extends KeptMedia {
  readonly id: string
}

/** Keeps a picture for its author to send. False when the conversation is not within the viewer's reach. */
export async function insertUpload(tx: Transaction, viewer: Viewer, upload: NewUpload, now: Date): Promise<boolean> {
  const inserted = await tx.execute(sql`
    insert into app.uploads (id, tenant_id, practice_id, conversation_id, author_sax_id, content_type, storage_key, bytes,
      created_at)
    select ${upload.id}::uuid, c.tenant_id, c.practice_id, c.id, ${viewer.saxId}::bigint, ${upload.contentType},
      ${upload.storageKey}, ${upload.bytes}::bigint, ${now.toISOString()}::timestamptz
    from app.conversations c where ${reachedBy(viewer, sql`c`)} and c.id = ${upload.conversationId}`)
  return inserted.rowCount === 1
}

/**
 * Makes a picture that the viewer chose for a conversation one of a message in it. False when there is none, or it went
 * with another message: one picture is sent once.
 */
export async function attachUpload(
  tx: Transaction,
  viewer: Viewer,
  {
    id,
    conversationId,
    messageId,
  }: { readonly id: string; readonly conversationId: string; readonly messageId: string },
): Promise<boolean> {
  const attached = await tx.execute(sql`
    with chosen as (
      update app.uploads set message_id = ${messageId}
      where tenant_id = ${viewer.tenantId} and id = ${id} and conversation_id = ${conversationId}
        and author_sax_id = ${viewer.saxId} and message_id is null
      returning id, tenant_id, message_id, content_type, storage_key, bytes
    )
    insert into app.message_media (id, tenant_id, message_id, position, content_type, storage_key, bytes, verdict)
    select id, tenant_id, message_id, 0, content_type, storage_key, bytes, 'kept' from chosen`)
  return attached.rowCount === 1
}

/** A picture that was sent, for the carrier: it names no tenant, and has shown that it may have it. */
export async function findSentMedia(database: Database, id: string): Promise<KeptMedia | undefined> {
  const [row] = await database.outsideTenants<{ tenant: string | null }>(
    sql`select app.tenant_of_media(${id}) as tenant`,
  )
  const tenantId = row?.tenant ?? undefined
  if (tenantId === undefined) return undefined
  return database.inTenant(tenantId, async (tx) => {
    const { rows } = await tx.execute<KeptRow>(sql`
      select m.conversation_id, picture.storage_key, picture.content_type, picture.bytes
      from app.message_media picture
      join app.messages m on m.tenant_id = picture.tenant_id and m.id = picture.message_id
      where picture.id = ${id} and picture.verdict = 'kept' and m.direction = 'outbound'`)
    return rows[0] && toKept(rows[0])
  })
}
