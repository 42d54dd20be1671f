import { type SQL, sql } from 'drizzle-orm'
import type { Viewer } from '../domain/viewer.ts'
import type { Transaction } from './database.ts'

/** What a person changes of a conversation; what is absent stays. */
export interface ConversationChange {
  readonly friendlyName?: string | null
  readonly status?: 'active' | 'archived'
  readonly assignedSaxId?: number | null
  readonly claim?: { readonly saxId: number; readonly until: Date } | null
  readonly patientId?: string | null
  /** All at once, or the newest again. */
  readonly read?: { readonly seenSeq: number } | 'unread'
}

/** Changes a conversation that the transaction has locked. */
export async function changeConversation(
  tx: Transaction,
  viewer: Viewer,
  id: string,
  change: ConversationChange,
): Promise<void> {
  const set = [
    change.friendlyName === undefined ? undefined : sql`friendly_name = ${change.friendlyName}`,
    change.status === undefined ? undefined : sql`status = ${change.status}`,
    change.assignedSaxId === undefined ? undefined : sql`assigned_sax_id = ${change.assignedSaxId}`,
    change.claim === undefined
      ? undefined
      : sql`claimed_by_sax_id = ${change.claim?.saxId ?? null}, claimed_until = ${change.claim?.until.toISOString() ?? null}`,
    change.patientId === undefined ? undefined : sql`patient_id = ${change.patientId}`,
    change.read === undefined ? undefined : unreadAfter(id, change.read),
  ].filter((one) => one !== undefined)
  if (set.length === 0) return
  await tx.execute(sql`
    update app.conversations set ${sql.join(set, sql`, `)} where tenant_id = ${viewer.tenantId} and id = ${id}`)
}

/** Nobody marks read what nobody can have seen: what arrived after the newest seen message stays unread. */
function unreadAfter(id: string, read: { readonly seenSeq: number } | 'unread'): SQL {
  if (read === 'unread') return sql`unread_count = greatest(unread_count, 1)`
  return sql`unread_count = least(unread_count, (
    select count(*) from app.messages m
    where m.tenant_id = app.conversations.tenant_id and m.conversation_id = ${id} and m.direction = 'inbound'
      and m.seq > ${read.seenSeq}))`
}

/** Makes these the patients behind the number. */
export async function replacePatients(
  tx: Transaction,
  viewer: Viewer,
  conversationId: string,
  patientIds: readonly string[],
  now: Date,
): Promise<void> {
  const wanted = sql`(${JSON.stringify(patientIds)}::jsonb)`
  await tx.execute(sql`
    delete from app.conversation_patients
    where tenant_id = ${viewer.tenantId} and conversation_id = ${conversationId} and not ${wanted} ? patient_id::text`)
  await tx.execute(sql`
    insert into app.conversation_patients (tenant_id, conversation_id, patient_id, linked_by_sax_id, linked_at)
    select ${viewer.tenantId}::uuid, ${conversationId}::uuid, patient.id::uuid, ${viewer.saxId}::bigint,
      ${now.toISOString()}::timestamptz
    from jsonb_array_elements_text${wanted} as patient(id) on conflict do nothing`)
}

/** Those of the ids that are patients of the practice. */
export async function patientsOfPractice(
  tx: Transaction,
  tenantId: string,
  practiceId: string,
  ids: readonly string[],
): Promise<readonly string[]> {
  if (ids.length === 0) return []
  const { rows } = await tx.execute<{ id: string }>(sql`
    select id from app.patients where tenant_id = ${tenantId} and practice_id = ${practiceId}
      and id in (${sql.join(
        ids.map((id) => sql`${id}::uuid`),
        sql`, `,
      )})`)
  return rows.map(({ id }) => id)
}

/** People with a role in a practice, by name: those to whom its conversations can be given. */
export async function peopleOfPractice(
  tx: Transaction,
  tenantId: string,
  practiceId: string,
): Promise<{ saxId: number; name: string }[]> {
  const { rows } = await tx.execute<{ sax_id: string; name: string }>(sql`
    select p.sax_id, p.name from app.people p
    where exists (
      select from app.roles r where r.sax_id = p.sax_id and r.tenant_id = ${tenantId}
        and (r.practice_id is null or r.practice_id = ${practiceId}))
    order by p.name, p.sax_id`)
  return rows.map(({ sax_id, name }) => ({ saxId: Number(sax_id), name }))
}
