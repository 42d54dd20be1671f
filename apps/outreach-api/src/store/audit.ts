import type { Viewer } from '../domain/viewer.ts'
import type { Transaction } from './database.ts'
import { auditLog } from './schema.ts'

/** What can be done with patients' data. */
export type AuditedAction = 'patients.list' | 'patients.search' | 'patients.read' | 'templates.render'

export interface AuditEntry {
  readonly action: AuditedAction
  readonly patientIds: readonly string[]
  readonly requestId: string
}

/** Records who saw whom, in the transaction that reads: what cannot be recorded is not shown. */
export async function recordAudit(tx: Transaction, viewer: Viewer, entry: AuditEntry): Promise<void> {
  await tx.insert(auditLog).values({
    tenantId: viewer.tenantId,
    practiceId: viewer.practiceId,
    saxId: viewer.saxId,
    action: entry.action,
    patientIds: [...entry.patientIds],
    requestId: entry.requestId,
  })
}
