import { sql } from 'drizzle-orm'
import type { DueMedia, MediaStore } from '../receiving/media/media-ports.ts'
import type { Database, Transaction } from './database.ts'
import { takeDue } from './take-due.ts'
import { time } from './time.ts'

/** Until somebody else may try the same picture. */
const TAKEN_MS = 60_000

/** Pictures in PostgreSQL: what is known of them, never their bytes. */
export function createMediaStore(database: Database): MediaStore {
  return {
    take: ({ limit, nowMs }) =>
      takeDue(
        database,
        sql`select tenant_id, media_id as id from app.due_media(${time(nowMs)}, ${limit})`,
        (tx, { tenantId, id }) => takeOne(tx, tenantId, id, nowMs),
      ),
    kept: (media, { storageKey, contentType, bytes }) =>
      settle(database, media, (tx) =>
        tx.execute(sql`
          update app.message_media set verdict = 'kept', storage_key = ${storageKey}, content_type = ${contentType},
            bytes = ${bytes}, source_url = null
          where id = ${media.mediaId} and verdict = 'waiting' returning message_id`),
      ),
    refused: (media, why) =>
      settle(database, media, (tx) =>
        tx.execute(sql`
          update app.message_media set verdict = 'refused', refusal = ${why}, source_url = null
          where id = ${media.mediaId} and verdict = 'waiting' returning message_id`),
      ),
  }
}

async function takeOne(
  tx: Transaction,
  tenantId: string,
  mediaId: string,
  nowMs: number,
): Promise<DueMedia | undefined> {
  const { rows } = await tx.execute<{ source_url: string; content_type: string; attempts: number }>(sql`
    update app.message_media set attempts = attempts + 1, next_attempt_at = ${time(nowMs + TAKEN_MS)}
    where id = (
      select id from app.message_media
      where id = ${mediaId} and verdict = 'waiting' and source_url is not null and next_attempt_at <= ${time(nowMs)}
      for update skip locked)
    returning source_url, content_type, attempts`)
  const [row] = rows
  return row && { tenantId, mediaId, url: row.source_url, contentType: row.content_type, attempts: row.attempts }
}

/** The message is written again with it, so that screens hear of the picture. */
async function settle(
  database: Database,
  { tenantId }: DueMedia,
  update: (tx: Transaction) => Promise<{ readonly rows: Record<string, unknown>[] }>,
): Promise<void> {
  await database.inTenant(tenantId, async (tx) => {
    const { rows } = await update(tx)
    const [row] = rows
    if (row === undefined) return
    await tx.execute(sql`update app.messages set status = status where id = ${String(row.message_id)}`)
  })
}
