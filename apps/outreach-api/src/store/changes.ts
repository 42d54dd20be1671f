import type { Changes } from '@sax/api-contract'
import { type SQL, sql } from 'drizzle-orm'
import type { Viewer } from '../domain/viewer.ts'
import { auditRow } from './audit.ts'
import { type ChangeCursor, changesCursor } from './change-cursor.ts'
import { type ConversationRow, conversationColumns, reachedBy, toConversation } from './conversation-rows.ts'
import { type Transaction, type TransactionOptions, withCommit } from './database.ts'
import { type MessageRow, messageColumns, toMessage } from './message-rows.ts'
import { type NoteRow, toNote } from './messages.ts'
import { type PresenceRow, toPresence } from './presence.ts'

type Kind = 'conversation' | 'message' | 'note' | 'presence'

type ChangedRow = { readonly kind: Kind } & Readonly<Record<'id' | 'conversation_id' | 'xid' | 'seq', string>>
type Told = { readonly known: boolean } & (ChangedRow | { readonly [Column in keyof ChangedRow]: null })

export type ChangesFound =
  /** The database has never given out the transaction of the cursor: it was restored from a copy. */
  | { readonly kind: 'unknown_cursor' }
  | { readonly kind: 'nothing' }
  /** Answered when the transaction ends, for it is recorded with it who was told. */
  | { readonly kind: 'changes'; readonly told: Promise<ToldChanges> }

export interface ToldChanges {
  readonly changes: Changes
  /** When the first of the replies came in that are told now and not before, and came in since `watchedFrom`. */
  readonly oldestReply: Date | undefined
}

/** For the transaction of `listChanges`: the plan of its first statement takes three times as long to make as to run. */
export const changesPlanned: TransactionOptions = { planned: 'once' }

/**
 * What changed within the viewer's reach since a cursor, in the order of transactions. A row that changed several times is told once, as it is now. Transactions under way, and whatever is younger than the
 * oldest of them, are left for the next time, so that nothing is committed behind a cursor.
 */
export async function listChanges(
  tx: Transaction,
  viewer: Viewer,
  {
    after,
    limit,
    now,
    watchedFrom,
    requestId,
  }: {
    readonly after: ChangeCursor
    readonly limit: number
    readonly now: Date
    /** What the access log shall name. */
    readonly requestId: string
    /** Since when somebody has been waiting for news. Default: nobody, and no reply is measured. */
    readonly watchedFrom?: Date | undefined
  },
): Promise<ChangesFound> {
  const { rows } = await tx.execute<Told>(changesStatement(viewer, after, limit))
  if (rows[0]?.known !== true) return { kind: 'unknown_cursor' }
  const found = rows.filter((row) => row.kind !== null)
  const changed = found.slice(0, limit)
  const last = changed.at(-1)
  if (last === undefined) return { kind: 'nothing' }
  const told = readTold(tx, viewer, changed, { after, watchedFrom, requestId }).then((rows) => ({
    changes: {
      data: {
        conversations: rows.conversations.map((row) => toConversation(row, now)),
        messages: rows.messages.map(toMessage),
        notes: rows.notes.map(toNote),
        presence: rows.presence.map(toPresence),
      },
      cursor: changesCursor.at({ xid: last.xid, seq: last.seq }, now),
      hasMore: found.length > limit,
    },
    oldestReply: rows.oldest_reply ?? undefined,
  }))
  // The transaction fails with it, and says so.
  told.catch(() => undefined)
  return { kind: 'changes', told }
}

function changesStatement(viewer: Viewer, { xid, seq }: ChangeCursor, limit: number): SQL {
  const since = (kind: Kind, table: string, id: SQL, conversationId: SQL, also = sql``) => sql`(
    select ${kind}::text as kind, ${id}::text as id, ${conversationId} as conversation_id, c.change_xid as at_xid, c.change_seq as at_seq
    from ${sql.identifier('app')}.${sql.identifier(table)} c
    where ${reachedBy(viewer, sql`c`, 'tenant')}
      and (c.change_xid, c.change_seq) > (${xid}::xid8, ${seq}::bigint)
      and c.change_xid < pg_snapshot_xmin(pg_current_snapshot()) ${also}
    order by c.change_xid, c.change_seq limit ${limit + 1})`
  return sql`
    select ${xid}::xid8 < pg_snapshot_xmax(pg_current_snapshot()) as known, kind, id, conversation_id,
      at_xid::text as xid, at_seq::text as seq
    from (values (1)) always left join (
      ${since('conversation', 'conversations', sql`c.id`, sql`c.id`)}
      union all ${since('message', 'messages', sql`c.id`, sql`c.conversation_id`)}
      union all ${since('note', 'notes', sql`c.id`, sql`c.conversation_id`)}
      union all ${since('presence', 'presence', sql`c.sax_id`, sql`c.conversation_id`, sql`and c.sax_id <> ${viewer.saxId}`)}
    ) changed on true order by at_xid, at_seq limit ${limit + 1}`
}

/** Where the feed begins for somebody who is about to read: nothing they will not see lies before it. */
export async function changesBegin(tx: Transaction, now: Date): Promise<string> {
  const { rows } = await tx.execute<{ xmin: string }>(sql`select pg_snapshot_xmin(pg_current_snapshot())::text as xmin`)
  return changesCursor.before(rows[0]?.xmin ?? '1', now)
}

interface ChangedRows extends Record<string, unknown> {
  readonly conversations: ConversationRow[]
  readonly messages: MessageRow[]
  readonly notes: NoteRow[]
  readonly presence: PresenceRow[]
  readonly oldest_reply: Date | null
}

/**
 * What changed, as it is now: in one turn, and each kind as one JSON text, which costs the driver less than its rows.
 * Kinds that do not occur are left out, for what a statement only might do costs time as well. The same statement records
 * who was told of whom, and leaves with the commit.
 */
async function readTold(
  tx: Transaction,
  viewer: Viewer,
  changed: readonly ChangedRow[],
  {
    after,
    watchedFrom,
    requestId,
  }: { readonly after: ChangeCursor; readonly watchedFrom: Date | undefined; readonly requestId: string },
): Promise<ChangedRows> {
  const rowsOf = (kind: Kind) => changed.filter((row) => row.kind === kind)
  const idsOf = (kind: Kind) => rowsOf(kind).map(({ id }) => id)
  const asJson = (kind: Kind, query: SQL) =>
    changed.some((row) => row.kind === kind)
      ? sql`(select coalesce(json_agg(told), '[]') from (${query}) told)`
      : sql`'[]'::json`
  const reached = (table: string) => reachedBy(viewer, sql.raw(table), 'tenant')
  const conversation = conversationColumns(sql`c`)
  const message = messageColumns(sql`m`)
  const messageIds = idsOf('message')
  const present = rowsOf('presence')
  const oldestReply =
    watchedFrom === undefined || messageIds.length === 0
      ? sql`null`
      : sql`(select min(m.created_at) from app.messages m
        where ${reached('m')} and m.id = any(${uuids(messageIds)}) and m.direction = 'inbound'
          and m.stored_xid > ${after.xid}::xid8 and m.created_at >= ${watchedFrom.toISOString()}::timestamptz)`
  // Presence tells nothing of patients.
  const seen = [...new Set(changed.flatMap((row) => (row.kind === 'presence' ? [] : [row.conversation_id])))]
  const recorded =
    seen.length === 0
      ? sql``
      : sql`with recorded as (${auditRow(viewer, {
          action: 'conversations.news',
          patientIds: sql`array(select distinct patient_id from app.conversation_patients
            where tenant_id = ${viewer.tenantId} and conversation_id = any(${uuids(seen)}))`,
          conversationIds: seen,
          requestId,
        })})`
  const { rows } = await withCommit<ChangedRows>(
    tx,
    sql`${recorded} select
    ${asJson(
      'conversation',
      sql`select ${conversation.columns} from app.conversations c ${conversation.joins}
        where ${reached('c')} and c.id = any(${uuids(idsOf('conversation'))}) order by c.change_xid, c.change_seq`,
    )} as conversations,
    ${asJson(
      'message',
      sql`select ${message.columns} from app.messages m ${message.joins}
        where ${reached('m')} and m.id = any(${uuids(messageIds)}) order by m.conversation_id, m.seq`,
    )} as messages,
    ${asJson(
      'note',
      sql`select n.id, n.conversation_id, n.author_sax_id, author.name as author_name, n.body, n.created_at
        from app.notes n left join app.people author on author.sax_id = n.author_sax_id
        where ${reached('n')} and n.id = any(${uuids(idsOf('note'))}) order by n.created_at, n.id`,
    )} as notes,
    ${asJson(
      'presence',
      sql`select here.conversation_id, here.sax_id, person.name, here.state, here.until
        from unnest(${uuids(present.map((row) => row.conversation_id))},
          ${`{${idsOf('presence').join(',')}}`}::bigint[]) as meant (conversation_id, sax_id)
        join app.presence here on here.conversation_id = meant.conversation_id and here.sax_id = meant.sax_id
        left join app.people person on person.sax_id = here.sax_id
        where ${reached('here')}`,
    )} as presence,
    ${oldestReply} as oldest_reply`,
  )
  return rows[0] ?? { conversations: [], messages: [], notes: [], presence: [], oldest_reply: null }
}

/** One parameter however many there are: so that the text of a statement is always the same. */
function uuids(ids: readonly string[]): SQL {
  return sql`${`{${ids.join(',')}}`}::uuid[]`
}
