import { sql } from 'drizzle-orm'
import type { MessageToRead, MoodStore } from '../reading/mood.ts'
import type { Database, Transaction } from './database.ts'
import { takeDue } from './take-due.ts'
import { time } from './time.ts'

/** Until somebody else may try the same message, for each attempt so far. */
const TAKEN_MS = 60_000

/** Messages to be read in PostgreSQL. */
export function createMoodStore(database: Database): MoodStore {
  return {
    take: ({ limit, nowMs }) =>
      takeDue(
        database,
        sql`select tenant_id, message_id as id from app.due_moods(${time(nowMs)}, ${limit})`,
        (tx, { tenantId, id }) => takeOne(tx, tenantId, id, nowMs),
      ),

    settle: ({ tenantId, messageId }, mood) =>
      database.inTenant(tenantId, async (tx) => {
        const done = await tx.execute(sql`delete from app.mood_jobs where message_id = ${messageId}`)
        if (done.rowCount !== 1 || mood === undefined) return
        // The conversation is told too, for lists show its marks. Its row first, as everybody who writes both does.
        await tx.execute(sql`
          update app.conversations set status = status
          where id = (select conversation_id from app.messages where id = ${messageId})`)
        await tx.execute(sql`
          update app.messages set sentiment = ${mood.sentiment}, urgent = ${mood.urgent} where id = ${messageId}`)
      }),
  }
}

/** Writes down, with the message, that it is to be read. */
export async function askForMood(tx: Transaction, tenantId: string, messageId: string, atMs: number): Promise<void> {
  await tx.execute(sql`
    insert into app.mood_jobs (message_id, tenant_id, next_attempt_at) values (${messageId}, ${tenantId}, ${time(atMs)})`)
}

async function takeOne(
  tx: Transaction,
  tenantId: string,
  messageId: string,
  nowMs: number,
): Promise<MessageToRead | undefined> {
  const { rows } = await tx.execute<{ body: string; preferred_language: string | null; attempts: number }>(sql`
    with taken as (
      update app.mood_jobs set attempts = attempts + 1,
        next_attempt_at = ${time(nowMs)} + (attempts + 1) * ${TAKEN_MS} * interval '1 millisecond'
      where message_id = (
        select message_id from app.mood_jobs where message_id = ${messageId} and next_attempt_at <= ${time(nowMs)}
        for update skip locked)
      returning message_id, attempts
    )
    select message.body, patient.preferred_language, taken.attempts
    from taken
    join app.messages message on message.id = taken.message_id
    join app.conversations conversation on conversation.id = message.conversation_id
    left join app.patients patient on patient.id = conversation.patient_id`)
  const [row] = rows
  return (
    row && {
      tenantId,
      messageId,
      body: row.body,
      language: row.preferred_language ?? undefined,
      attempts: row.attempts,
    }
  )
}
