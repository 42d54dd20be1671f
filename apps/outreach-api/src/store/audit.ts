import type { Conversation } from '@sax/api-contract'
import { type SQL, sql } from 'drizzle-orm'
import type { Viewer } from '../domain/viewer.ts'
import { type Transaction, withCommit } from './database.ts'

/** What can be done with patients' data. */
export type AuditedAction =
  | 'patients.list'
  | 'patients.search'
  | 'patients.read'
  | 'patients.access_report'
  | 'templates.render'
  | 'conversations.list'
  | 'conversations.search'
  | 'conversations.read'
  | 'conversations.change'
  | 'conversations.news'
  | 'conversations.check_duplicate'
  | 'messages.read'
  | 'messages.send'
  | 'media.read'
  | 'media.upload'

export interface AuditEntry {
  readonly action: AuditedAction
  readonly patientIds: readonly string[]
  /** Conversations that were seen or changed; their patients are in `patientIds` as far as they are known. */
  readonly conversationIds?: readonly string[]
  readonly requestId: string
}

/**
 * Records who saw whom, in the transaction that reads: what cannot be recorded is not shown, for then the transaction
 * fails.
 */
export function recordAudit(tx: Transaction, viewer: Viewer, entry: AuditEntry): void {
  void withCommit(tx, auditRow(viewer, { ...entry, patientIds: sql`${arrayOf(entry.patientIds)}::uuid[]` }))
}

/**
 * Records it as part of a statement that reads, which then shows nothing either when it cannot be recorded.
 * @param entry `patientIds`: an array of them, in SQL.
 */
export function auditRow(
  { tenantId, practiceId, saxId }: Viewer,
  entry: Omit<AuditEntry, 'patientIds'> & { readonly patientIds: SQL },
): SQL {
  const { action, patientIds, conversationIds, requestId } = entry
  return sql`
    insert into app.audit_log (tenant_id, practice_id, sax_id, action, patient_ids, conversation_ids, request_id)
    values (${tenantId}, ${practiceId}, ${saxId}, ${action}, ${patientIds},
      ${conversationIds === undefined ? null : arrayOf(conversationIds)}::uuid[], ${requestId})`
}

/** Records that conversations were seen, and with them everybody known to be behind their numbers. */
export function recordConversations(
  tx: Transaction,
  viewer: Viewer,
  action: AuditedAction,
  conversations: readonly Pick<Conversation, 'id' | 'patients'>[],
  requestId: string,
): void {
  const patientIds = new Set(conversations.flatMap(({ patients }) => patients.map(({ id }) => id)))
  const conversationIds = conversations.map(({ id }) => id)
  recordAudit(tx, viewer, { action, patientIds: [...patientIds], conversationIds, requestId })
}

/** Ids as PostgreSQL writes an array: one parameter however many there are. */
function arrayOf(ids: readonly string[]): string {
  return `{${ids.join(',')}}`
}
