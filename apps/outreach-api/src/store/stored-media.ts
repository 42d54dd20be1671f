import { sql } from 'drizzle-orm'
import type { Viewer } from '../domain/viewer.ts'
import { reachedBy } from './conversation-rows.ts'
import type { Transaction } from './database.ts'

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

/** A kept picture of a message within the viewer's reach. */
export async function findMedia(tx: Transaction, viewer: Viewer, id: string): Promise<KeptMedia | undefined> {
  const { rows } = await tx.execute<KeptRow>(sql`
    select m.conversation_id, picture.storage_key, picture.content_type, picture.bytes
    from app.message_media picture
    join app.messages m on m.tenant_id = picture.tenant_id and m.id = picture.message_id
    where ${reachedBy(viewer, sql`m`)} and picture.id = ${id} and picture.verdict = 'kept'`)
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
