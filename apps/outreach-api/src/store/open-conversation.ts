import type { ConsentState, LinkedPatient } from '@sax/api-contract'
import { sql } from 'drizzle-orm'
import type { Viewer } from '../domain/viewer.ts'
import { consentOf } from './consent.ts'
import type { Transaction } from './database.ts'

export interface WantedConversation {
  readonly id: string
  readonly tenantId: string
  readonly practiceId: string
  /** E.164 */
  readonly phone: string
  readonly at: Date
  readonly friendlyName?: string | undefined
  /** Whom it shall be about. Default: the patient of the practice who has the number, if it is one. */
  readonly patientId?: string | undefined
  /** Who links patients. Default: nobody, they are found by the number. */
  readonly bySaxId?: number | undefined
}

/**
 * The practice's conversation with a number, made when there is none. A new one knows all patients of the practice who
 * have the number; it is about one of them only when it is the only one, or the one that was asked for.
 */
export async function openConversation(
  tx: Transaction,
  wanted: WantedConversation,
): Promise<{ readonly id: string; readonly created: boolean }> {
  const { id, tenantId, practiceId, phone, at, friendlyName, patientId, bySaxId } = wanted
  const { rows: made } = await tx.execute(sql`
    insert into app.conversations (id, tenant_id, practice_id, patient_phone, friendly_name, consent_state, created_at)
    values (${id}, ${tenantId}, ${practiceId}, ${phone}, ${friendlyName ?? null},
      coalesce((select state from app.consent where tenant_id = ${tenantId} and phone = ${phone}), 'subscribed'),
      ${at.toISOString()})
    on conflict (tenant_id, practice_id, patient_phone) do nothing returning id`)
  if (made.length === 0) {
    const { rows } = await tx.execute<{ id: string }>(sql`
      select id from app.conversations
      where tenant_id = ${tenantId} and practice_id = ${practiceId} and patient_phone = ${phone}`)
    const [existing] = rows
    if (existing === undefined) throw new Error('a conversation that is there cannot be seen')
    return { id: existing.id, created: false }
  }
  const { rows: linked } = await tx.execute<{ patient_id: string }>(sql`
    insert into app.conversation_patients (tenant_id, conversation_id, patient_id, linked_by_sax_id, linked_at)
    select ${tenantId}::uuid, ${id}::uuid, patient.id, ${bySaxId ?? null}::bigint, ${at.toISOString()}::timestamptz
    from app.patients patient
    where patient.tenant_id = ${tenantId} and patient.practice_id = ${practiceId}
      and (patient.phone = ${phone} or patient.id = ${patientId ?? null}::uuid)
    returning patient_id`)
  const [only, ...others] = linked
  const about = patientId ?? (others.length === 0 ? only?.patient_id : undefined)
  if (about !== undefined) {
    await tx.execute(
      sql`update app.conversations set patient_id = ${about} where tenant_id = ${tenantId} and id = ${id}`,
    )
  }
  return { id, created: true }
}

/** Whether the tenant itself texts from a number, E.164, of any of its practices. */
export async function isSender(tx: Transaction, tenantId: string, phone: string): Promise<boolean> {
  const { rows } = await tx.execute(sql`select from app.senders where tenant_id = ${tenantId} and phone = ${phone}`)
  return rows.length > 0
}

export interface Duplicate {
  readonly phone: string
  readonly conversationId: string | null
  readonly patients: LinkedPatient[]
  readonly consent: ConsentState
}

/** What a practice within the viewer's reach knows of a number. */
export async function findDuplicate(
  tx: Transaction,
  { tenantId }: Viewer,
  practiceId: string,
  phone: string,
): Promise<Duplicate> {
  const { rows } = await tx.execute<{ conversation_id: string | null; patients: LinkedPatient[] }>(sql`
    select
      (select id from app.conversations
       where tenant_id = ${tenantId} and practice_id = ${practiceId} and patient_phone = ${phone}) as conversation_id,
      (select coalesce(json_agg(json_build_object('id', id, 'firstName', first_name, 'lastName', last_name)
         order by sort_name, id), '[]') from app.patients
       where tenant_id = ${tenantId} and practice_id = ${practiceId} and phone = ${phone}) as patients`)
  const [row] = rows
  return {
    phone,
    conversationId: row?.conversation_id ?? null,
    patients: row?.patients ?? [],
    consent: await consentOf(tx, tenantId, phone),
  }
}
