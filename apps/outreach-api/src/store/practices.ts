import type { Practice } from '@sax/api-contract'
import { knownRoles } from '@sax/user-context'
import { and, asc, eq, isNull, or, sql } from 'drizzle-orm'
import type { Viewer } from '../domain/viewer.ts'
import type { Transaction } from './database.ts'
import { practices, roles, tenants } from './schema.ts'

/** Every practice the person holds a role in, in any tenant, by tenant and name. For a transaction `asMember`. */
export async function listMemberPractices(tx: Transaction, saxId: number): Promise<Practice[]> {
  const rows = await tx
    .select({
      id: practices.id,
      tenantId: practices.tenantId,
      tenantName: tenants.name,
      name: practices.name,
      phone: practices.phone,
      timeZone: practices.timeZone,
      roles: sql<string[]>`array_agg(distinct ${roles.role})`,
    })
    .from(roles)
    .innerJoin(
      practices,
      and(eq(practices.tenantId, roles.tenantId), or(isNull(roles.practiceId), eq(roles.practiceId, practices.id))),
    )
    .innerJoin(tenants, eq(tenants.id, practices.tenantId))
    .where(eq(roles.saxId, saxId))
    .groupBy(practices.id, tenants.id)
    .orderBy(asc(tenants.name), asc(practices.name), asc(practices.id))
  return rows.map((row) => ({ ...row, roles: [...knownRoles(row.roles)] }))
}

/** Name and telephone number (E.164) of a practice of the tenant. */
export async function findPractice(
  tx: Transaction,
  id: string,
): Promise<{ readonly name: string; readonly phone: string } | undefined> {
  const [row] = await tx
    .select({ name: practices.name, phone: practices.phone })
    .from(practices)
    .where(eq(practices.id, id))
  return row
}

/** Practices of the tenant, by name, for whoever reaches all of them; undefined: the viewer reaches one. */
export async function practicesInReach(
  tx: Transaction,
  { tenantId, scope }: Viewer,
): Promise<{ readonly id: string; readonly name: string }[] | undefined> {
  if (scope.kind === 'practice') return undefined
  return tx
    .select({ id: practices.id, name: practices.name })
    .from(practices)
    .where(eq(practices.tenantId, tenantId))
    .orderBy(asc(practices.name), asc(practices.id))
}

/** Whether the viewer may ask for what is of this practice. */
export async function isPracticeInReach(tx: Transaction, { tenantId, scope }: Viewer, id: string): Promise<boolean> {
  if (scope.kind === 'practice') return id.toLowerCase() === scope.practiceId.toLowerCase()
  const found = await tx
    .select({ id: practices.id })
    .from(practices)
    .where(and(eq(practices.tenantId, tenantId), eq(practices.id, id)))
  return found.length > 0
}
