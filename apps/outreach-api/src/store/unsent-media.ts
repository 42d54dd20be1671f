import { sql } from 'drizzle-orm'
import type { UnsentMedia, UnsentStore } from '../receiving/media/media-ports.ts'
import type { Database, Transaction } from './database.ts'
import { takeDue } from './take-due.ts'
import { time } from './time.ts'

/** The author of what is about to be removed: nobody may see it or send it. People's numbers begin at 1. */
const NOBODY = 0

/** Pictures that were chosen and not sent, in PostgreSQL. No transaction waits for storage. */
export function createUnsentStore(database: Database): UnsentStore {
  return {
    takeUnsent: ({ beforeMs, limit }) =>
      takeDue(
        database,
        sql`select tenant_id, upload_id as id from app.uploads_not_sent(${time(beforeMs)}, ${limit})`,
        (tx, { tenantId, id }) => takeOne(tx, tenantId, id),
      ),
    forget: ({ tenantId, id }) =>
      database.inTenant(tenantId, async (tx) => {
        await tx.execute(sql`
          delete from app.uploads
          where tenant_id = ${tenantId} and id = ${id} and message_id is null and author_sax_id = ${NOBODY}`)
      }),
  }
}

/** A message that is being stored with it has its row: then this waits, and finds that it was sent. */
async function takeOne(tx: Transaction, tenantId: string, id: string): Promise<UnsentMedia | undefined> {
  const { rows } = await tx.execute<{ storage_key: string }>(sql`
    update app.uploads set author_sax_id = ${NOBODY}
    where tenant_id = ${tenantId} and id = ${id} and message_id is null returning storage_key`)
  const [row] = rows
  return row && { tenantId, id, storageKey: row.storage_key }
}
