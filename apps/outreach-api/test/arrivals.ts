import { randomUUID } from 'node:crypto'
import type { TestDatabase } from './test-database.ts'

/** A patient's message, stored as the receiving side stores one, at an instant. Answers its id. */
export async function arrive(
  db: TestDatabase,
  conversationId: string,
  { body = 'Hello?', at }: { readonly body?: string; readonly at: Date },
): Promise<string> {
  const id = randomUUID()
  await db.query(
    `with place as (
       update app.conversations set last_message_seq = last_message_seq + 1, unread_count = unread_count + 1,
         last_message_at = $4::timestamptz, last_message_direction = 'inbound', last_message_preview = $3::text, status = 'active',
         waiting_since = coalesce(waiting_since, $4::timestamptz), warn_at = coalesce(warn_at, $4::timestamptz + interval '7 minutes'),
         due_at = coalesce(due_at, $4::timestamptz + interval '10 minutes')
       where id = $2::uuid returning id, tenant_id, practice_id, last_message_seq
     )
     insert into app.messages (id, tenant_id, practice_id, conversation_id, seq, direction, body, status, provider_sid,
       created_at)
     select $1::uuid, tenant_id, practice_id, id, last_message_seq, 'inbound', $3::text, 'delivered',
       'SM' || replace($1::uuid::text, '-', ''), $4::timestamptz from place`,
    [id, conversationId, body, at],
  )
  return id
}
