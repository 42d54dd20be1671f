import type { Message, Note } from '@sax/api-contract'
import { sql } from 'drizzle-orm'
import type { Viewer } from '../domain/viewer.ts'
import { reachedBy, type Whole } from './conversation-rows.ts'
import type { Transaction } from './database.ts'
import { type MessageRow, messageColumns, toMessage } from './message-rows.ts'

export interface MessagePage {
  /** Newest last. */
  readonly data: Message[]
  readonly hasMore: boolean
}

/** The newest messages of a conversation that lie before `before`. That the viewer reaches it was asked already. */
export async function listMessages(
  tx: Transaction,
  viewer: Viewer,
  conversationId: string,
  { before, limit }: { readonly before?: number | undefined; readonly limit: number },
): Promise<MessagePage> {
  const { columns, joins } = messageColumns(sql`page`)
  const { rows } = await tx.execute<MessageRow>(sql`
    with page as materialized (
      select m.* from app.messages m
      where m.tenant_id = ${viewer.tenantId} and m.conversation_id = ${conversationId}
        ${before === undefined ? sql`` : sql`and m.seq < ${before}`}
      order by m.seq desc limit ${limit + 1}
    )
    select ${columns} from page ${joins} order by page.seq desc`)
  return { data: rows.slice(0, limit).map(toMessage).reverse(), hasMore: rows.length > limit }
}

/** The message, or undefined when there is none within the viewer's reach. */
export async function findMessage(tx: Transaction, viewer: Viewer, id: string): Promise<Message | undefined> {
  const { columns, joins } = messageColumns(sql`m`)
  const { rows } = await tx.execute<MessageRow>(
    sql`select ${columns} from app.messages m ${joins} where ${reachedBy(viewer, sql`m`)} and m.id = ${id}`,
  )
  return rows[0] && toMessage(rows[0])
}

export interface NoteRow extends Record<string, unknown> {
  readonly id: string
  readonly conversation_id: string
  readonly author_sax_id: Whole
  readonly author_name: string | null
  readonly body: string
  readonly created_at: string
}

export function toNote(row: NoteRow): Note {
  return {
    id: row.id,
    conversationId: row.conversation_id,
    authorSaxId: Number(row.author_sax_id),
    authorName: row.author_name,
    body: row.body,
    createdAt: new Date(row.created_at).toISOString(),
  }
}

/** Notes of a conversation, newest last. That the viewer reaches it was asked already. */
export async function listNotes(tx: Transaction, viewer: Viewer, conversationId: string): Promise<Note[]> {
  const { rows } = await tx.execute<NoteRow>(sql`
    select n.id, n.conversation_id, n.author_sax_id, author.name as author_name, n.body, n.created_at
    from app.notes n left join app.people author on author.sax_id = n.author_sax_id
    where n.tenant_id = ${viewer.tenantId} and n.conversation_id = ${conversationId}
    order by n.created_at, n.id`)
  return rows.map(toNote)
}

/**
 * What notes of a conversation may take of an answer, in bytes of JSON: its screen has all of them, and a function's answer
 * holds six million. Nobody who writes by hand comes near it.
 * @source AWS Lambda Developer Guide, "Lambda quotas" (invocation payload)
 */
const NOTES_BYTES = 2_000_000

/** Whether a conversation has as many notes as its screen can show. */
export async function notesAreFull(tx: Transaction, viewer: Viewer, conversationId: string): Promise<boolean> {
  const { rows } = await tx.execute<{ full: boolean }>(sql`
    select coalesce(sum(octet_length(to_json(body)::text)), 0) >= ${NOTES_BYTES} as full from app.notes
    where tenant_id = ${viewer.tenantId} and conversation_id = ${conversationId}`)
  return rows[0]?.full === true
}

export async function insertNote(
  tx: Transaction,
  viewer: Viewer,
  note: { readonly id: string; readonly conversationId: string; readonly practiceId: string; readonly body: string },
  now: Date,
): Promise<void> {
  await tx.execute(sql`
    insert into app.notes (id, tenant_id, practice_id, conversation_id, author_sax_id, body, created_at)
    values (${note.id}, ${viewer.tenantId}, ${note.practiceId}, ${note.conversationId}, ${viewer.saxId}, ${note.body},
      ${now.toISOString()})`)
}
