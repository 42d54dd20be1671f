import { randomUUID } from 'node:crypto'
import type { MemoryStorage } from './memory-storage.ts'
import type { TestDatabase } from './test-database.ts'

/** The smallest PNG. */
export const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)

/** A picture of a stored message. Answers its id. */
export async function addPicture(
  db: Pick<TestDatabase, 'query'>,
  messageId: string,
  {
    id = randomUUID(),
    verdict = 'kept',
    contentType = 'image/png',
    bytes = png,
    storage,
  }: {
    readonly id?: string
    readonly verdict?: 'waiting' | 'kept' | 'refused'
    readonly contentType?: string
    readonly bytes?: Uint8Array
    readonly storage?: MemoryStorage
  } = {},
): Promise<string> {
  const [row] = await db.query(
    `insert into app.message_media (id, tenant_id, message_id, position, content_type, storage_key, bytes, verdict)
     select $2::uuid, tenant_id, id, (select count(*) from app.message_media where message_id = $1), $3, tenant_id || '/' || $2::uuid, $4, $5
     from app.messages where id = $1 returning storage_key`,
    [messageId, id, contentType, bytes.length, verdict],
  )
  if (verdict === 'kept') await storage?.put(String(row?.storage_key), bytes, contentType)
  return id
}
