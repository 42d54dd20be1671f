import type { Patient } from '@sax/api-contract'
import { and, asc, count, eq, type SQL, sql } from 'drizzle-orm'
import type { PatientSearch } from '../domain/patient-search.ts'
import type { Viewer } from '../domain/viewer.ts'
import type { Transaction } from './database.ts'
import { type Page, type PageQuery, pageOf } from './page.ts'
import { patients } from './schema.ts'

const columns = {
  id: patients.id,
  tenantId: patients.tenantId,
  practiceId: patients.practiceId,
  firstName: patients.firstName,
  lastName: patients.lastName,
  dateOfBirth: patients.dateOfBirth,
  phone: patients.phone,
  email: patients.email,
  timeZone: patients.timeZone,
  preferredLanguage: patients.preferredLanguage,
  createdAt: patients.createdAt,
}

/** Patients within the viewer's reach that match, by last and first name. */
export async function listPatients(
  tx: Transaction,
  viewer: Viewer,
  search: PatientSearch,
  page: PageQuery,
): Promise<Page<Patient>> {
  const wanted = and(withinReach(viewer), ...matching(search))
  const rows = await tx
    .select({ ...columns, total: sql<number>`count(*) over ()`.mapWith(Number) })
    .from(patients)
    .where(wanted)
    .orderBy(asc(patients.sortName), asc(patients.id))
    .limit(page.limit)
    .offset(page.offset)
  const countAll = async () => (await tx.select({ total: count() }).from(patients).where(wanted))[0]?.total ?? 0
  return pageOf(rows, page, countAll, ({ total: _, ...row }) => toPatient(row))
}

/** The patient, or undefined when there is none within the viewer's reach. */
export async function findPatient(tx: Transaction, viewer: Viewer, id: string): Promise<Patient | undefined> {
  const [row] = await tx
    .select(columns)
    .from(patients)
    .where(and(withinReach(viewer), eq(patients.id, id)))
  return row && toPatient(row)
}

function withinReach({ tenantId, scope }: Viewer): SQL | undefined {
  return and(
    eq(patients.tenantId, tenantId),
    scope.kind === 'tenant' ? undefined : eq(patients.practiceId, scope.practiceId),
  )
}

function matching({ pieces: [first, ...others], dateOfBirth }: PatientSearch): (SQL | undefined)[] {
  return [
    dateOfBirth === undefined ? undefined : eq(patients.dateOfBirth, dateOfBirth),
    first === undefined
      ? undefined
      : sql`${patients.id} in (select app.patients_matching(app.contains_pattern(${first}), ${patterns(others)}))`,
  ]
}

function patterns(pieces: readonly string[]): SQL {
  const each = pieces.map((piece) => sql`app.contains_pattern(${piece})`)
  return sql`array[${sql.join(each, sql`, `)}]::text[]`
}

type Row = Omit<Patient, 'createdAt'> & { readonly createdAt: Date }

function toPatient(row: Row): Patient {
  return { ...row, createdAt: row.createdAt.toISOString() }
}
