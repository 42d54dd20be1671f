import type { SQL } from 'drizzle-orm'
import type { Database, Transaction } from './database.ts'

/**
 * Takes what is due, each in a transaction of its tenant's. What somebody else has taken meanwhile is left out.
 * @param due answers columns `tenant_id` and `id`, before a tenant is known
 * @param takeOne answers undefined when somebody else was first
 */
export async function takeDue<T>(
  database: Database,
  due: SQL,
  takeOne: (tx: Transaction, due: { readonly tenantId: string; readonly id: string }) => Promise<T | undefined>,
): Promise<readonly T[]> {
  const rows = await database.outsideTenants<{ tenant_id: string; id: string }>(due)
  const taken: T[] = []
  for (const { tenant_id: tenantId, id } of rows) {
    const one = await database.inTenant(tenantId, (tx) => takeOne(tx, { tenantId, id }))
    if (one !== undefined) taken.push(one)
  }
  return taken
}
