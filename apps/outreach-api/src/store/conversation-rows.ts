import type { Conversation, ConversationFilter } from '@sax/api-contract'
import { type SQL, sql } from 'drizzle-orm'
import { parsePhoneNumberFromString } from 'libphonenumber-js/max'
import { responseStatus } from '../domain/response-time.ts'
import type { Viewer } from '../domain/viewer.ts'
import { withUnsent } from './called-off.ts'
import type { Transaction } from './database.ts'

/** A bigint as PostgreSQL tells it: a text in a row, a number in JSON. */
export type Whole = string | number

/** A conversation as PostgreSQL tells it, with the names that belong to it. Times are as its text has them. */
export interface ConversationRow extends Record<string, unknown> {
  readonly id: string
  readonly tenant_id: string
  readonly practice_id: string
  readonly practice_name: string
  readonly assigned_sax_id: Whole | null
  readonly assigned_name: string | null
  readonly patient_id: string | null
  readonly patients: { readonly id: string; readonly firstName: string; readonly lastName: string }[]
  readonly patient_phone: string
  readonly friendly_name: string | null
  readonly status: 'active' | 'archived'
  readonly waiting_since: string | null
  readonly warn_at: string | null
  readonly due_at: string | null
  readonly unread_count: number
  readonly last_message_seq: Whole
  readonly last_message_at: string | null
  readonly last_message_direction: 'inbound' | 'outbound' | null
  readonly last_message_preview: string
  readonly consent_state: 'subscribed' | 'opted_out' | 'held'
  readonly claimed_by_sax_id: Whole | null
  readonly claimed_name: string | null
  readonly claimed_until: string | null
  readonly created_at: string
  readonly marked_urgent: boolean
  readonly marked_negative: boolean
  readonly unsent: boolean
}

/** So many of the newest messages are looked at for marks: whoever waits has rarely written more. */
const MARKED_MESSAGES = 10

/** What is read of `source`, which holds rows of app.conversations, for `toConversation`. */
export function conversationColumns(source: SQL): { readonly columns: SQL; readonly joins: SQL } {
  return {
    columns: sql`${source}.id, ${source}.tenant_id, ${source}.practice_id, practice.name as practice_name, ${source}.assigned_sax_id,
      assigned.name as assigned_name, ${source}.patient_id, linked.patients, ${source}.patient_phone,
      ${source}.friendly_name, ${source}.status, ${source}.waiting_since, ${source}.warn_at, ${source}.due_at,
      ${source}.unread_count, ${source}.last_message_seq, ${source}.last_message_at, ${source}.last_message_direction,
      ${source}.last_message_preview, ${source}.consent_state, ${source}.claimed_by_sax_id,
      claimer.name as claimed_name, ${source}.claimed_until, ${source}.created_at,
      coalesce(marks.urgent, false) as marked_urgent, coalesce(marks.negative, false) as marked_negative,
      ${source}.id in (${withUnsent}) as unsent`,
    joins: sql`
      left join app.practices practice on practice.id = ${source}.practice_id
      left join app.people assigned on assigned.sax_id = ${source}.assigned_sax_id
      left join app.people claimer on claimer.sax_id = ${source}.claimed_by_sax_id
      left join lateral (
        select coalesce(json_agg(json_build_object('id', patient.id, 'firstName', patient.first_name,
          'lastName', patient.last_name) order by patient.sort_name, patient.id), '[]') as patients
        from app.conversation_patients behind
        join app.patients patient on patient.id = behind.patient_id and patient.tenant_id = behind.tenant_id
        where behind.tenant_id = ${source}.tenant_id and behind.conversation_id = ${source}.id
      ) linked on true
      left join lateral (
        select bool_or(newest.urgent) as urgent, bool_or(newest.sentiment = 'negative') as negative
        from (
          select heard.urgent, heard.sentiment, heard.direction, heard.created_at from app.messages heard
          where ${source}.waiting_since is not null
            and heard.tenant_id = ${source}.tenant_id and heard.conversation_id = ${source}.id
          order by heard.seq desc limit ${MARKED_MESSAGES}
        ) newest
        where newest.direction = 'inbound' and newest.created_at >= ${source}.waiting_since
      ) marks on true`,
  }
}

/**
 * Conversations the viewer reaches: the one rule, on every route.
 * @param by Whether an index may be chosen for the practice; `tenant`: only for the tenant, where few rows are wanted of
 *   either, and not for being of the practice.
 */
export function reachedBy({ tenantId, scope }: Viewer, table: SQL, by: 'practice' | 'tenant' = 'practice'): SQL {
  const own = sql`${table}.tenant_id = ${tenantId}`
  if (scope.kind === 'tenant') return own
  const ofPractice = sql`${table}.practice_id = ${scope.practiceId}`
  return sql`${own} and ${by === 'practice' ? ofPractice : sql`(${ofPractice}) is true`}`
}

/** What each filter shows. Only `archived` shows archived conversations. */
export function filterConditions(viewer: Viewer, now: Date): Readonly<Record<ConversationFilter, SQL>> {
  const active = sql`c.status = 'active'`
  return {
    all: active,
    unread: sql`${active} and c.unread_count > 0`,
    at_risk: sql`${active} and c.waiting_since is not null and c.warn_at <= ${now.toISOString()}::timestamptz`,
    mine: sql`${active} and c.assigned_sax_id = ${viewer.saxId}`,
    unassigned: sql`${active} and c.assigned_sax_id is null`,
    not_sent: sql`${active} and c.id in (${withUnsent})`,
    unknown: sql`${active} and c.patient_count = 0`,
    archived: sql`c.status = 'archived'`,
  }
}

/** The conversation, or undefined when there is none within the viewer's reach. */
export async function findConversation(
  tx: Transaction,
  viewer: Viewer,
  id: string,
  now: Date,
): Promise<Conversation | undefined> {
  const { columns, joins } = conversationColumns(sql`c`)
  const { rows } = await tx.execute<ConversationRow>(
    sql`select ${columns} from app.conversations c ${joins} where ${reachedBy(viewer, sql`c`)} and c.id = ${id}`,
  )
  return rows[0] && toConversation(rows[0], now)
}

export function toConversation(row: ConversationRow, now: Date): Conversation {
  const warnAt = date(row.warn_at)
  const dueAt = date(row.due_at)
  const wait = warnAt && dueAt ? { warnAt, dueAt } : undefined
  const claimedUntil = date(row.claimed_until)
  return {
    id: row.id,
    tenantId: row.tenant_id,
    practiceId: row.practice_id,
    practiceName: row.practice_name,
    coordinatorSaxId: integer(row.assigned_sax_id),
    coordinatorName: row.assigned_name,
    patientId: row.patient_id,
    patients: row.patients,
    patientPhone: row.patient_phone,
    friendlyName: displayName(row),
    status: row.status,
    slaStatus: responseStatus(wait, now),
    waitingSince: iso(row.waiting_since),
    slaWarnAt: iso(row.warn_at),
    slaDueAt: iso(row.due_at),
    asOf: now.toISOString(),
    unreadCount: row.unread_count,
    lastMessageSeq: Number(row.last_message_seq),
    lastMessageAt: iso(row.last_message_at),
    lastMessageDirection: row.last_message_direction,
    lastMessagePreview: row.last_message_preview,
    optedOut: row.consent_state === 'opted_out',
    consent: row.consent_state,
    claim:
      row.claimed_by_sax_id !== null && claimedUntil !== undefined && claimedUntil > now
        ? { saxId: Number(row.claimed_by_sax_id), name: row.claimed_name, until: claimedUntil.toISOString() }
        : null,
    unsent: row.unsent,
    marks: { urgent: row.marked_urgent, negative: row.marked_negative },
    createdAt: new Date(row.created_at).toISOString(),
  }
}

/** For staff: the name given by hand, else the patient who was chosen, else all of them, else the number. */
function displayName({ friendly_name, patients, patient_id, patient_phone }: ConversationRow): string {
  if (friendly_name !== null) return friendly_name
  const meant = patients.filter(({ id }) => id === patient_id)
  const names = (meant.length > 0 ? meant : patients).map(({ firstName, lastName }) => `${firstName} ${lastName}`)
  if (names.length > 0) return names.join(' / ').slice(0, 255)
  const number = parsePhoneNumberFromString(patient_phone)
  if (number === undefined) return patient_phone
  return number.countryCallingCode === '1' ? number.formatNational() : number.formatInternational()
}

/** ISO 8601 of a time as PostgreSQL writes it. */
export function iso(text: string | null): string | null {
  return text === null ? null : new Date(text).toISOString()
}

export function integer(whole: Whole | null): number | null {
  return whole === null ? null : Number(whole)
}

function date(text: string | null): Date | undefined {
  return text === null ? undefined : new Date(text)
}
