import { randomUUID } from 'node:crypto'
import type { TestDatabase } from '../test-database.ts'

export const TENANT = '00000000-0000-0000-0000-000000000001'
export const HARBOR = '00000000-0000-0000-0000-000000000020'

let phones = 0

/** A telephone that nobody else of the tests has. */
export const newPhone = () => `+1617555${String(2000 + ++phones).padStart(4, '0')}`

/** What a coordinator wants to send, as the API stores it. */
export async function storeLetter(
  db: Pick<TestDatabase, 'query'>,
  { phone, body = 'Your mask has arrived.', at = new Date() }: { phone: string; body?: string; at?: Date },
): Promise<string> {
  const [conversation] = await db.query(
    `insert into app.conversations (id, tenant_id, practice_id, patient_phone, last_message_seq)
     values ($1, $2, $3, $4, 1)
     on conflict (tenant_id, practice_id, patient_phone) do update set last_message_seq = app.conversations.last_message_seq + 1
     returning id, last_message_seq`,
    [randomUUID(), TENANT, HARBOR, phone],
  )
  const id = randomUUID()
  await db.query(
    `insert into app.messages (id, tenant_id, practice_id, conversation_id, seq, direction, body, status, client_id, author_sax_id, created_at)
     values ($1, $2, $3, $4, $5, 'outbound', $6, 'queued', $7, 1386, $8)`,
    [id, TENANT, HARBOR, conversation?.id, conversation?.last_message_seq, body, randomUUID(), at],
  )
  await db.query('insert into app.outbox (message_id, tenant_id, next_attempt_at) values ($1, $2, $3)', [
    id,
    TENANT,
    at,
  ])
  return id
}

/** A message and its place in the outbox, as they are now. */
export async function letterState(db: Pick<TestDatabase, 'query'>, id: string) {
  const [row] = await db.query(
    `select outbox.state, outbox.attempts, outbox.last_error, message.status, message.provider_sid, message.error_code
     from app.outbox join app.messages message on message.id = outbox.message_id where message_id = $1`,
    [id],
  )
  return row
}
