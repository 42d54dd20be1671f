import type { Access } from '@sax/api-contract'
import { sql } from 'drizzle-orm'
import type { Viewer } from '../domain/viewer.ts'
import { iso } from './conversation-rows.ts'
import type { Transaction } from './database.ts'
import { type Page, type PageQuery, pageOf } from './page.ts'

export interface AccessQuestion extends PageQuery {
  readonly from?: string | undefined
  readonly until?: string | undefined
}

interface Row extends Record<string, unknown> {
  readonly at: string
  readonly sax_id: string
  readonly name: string | null
  readonly practice_name: string | null
  readonly action: string
  readonly conversation_ids: string[] | null
  readonly total: number
}

/** Who looked at a patient's data, newest first. That the viewer may know is the caller's to have asked. */
export async function listAccesses(
  tx: Transaction,
  viewer: Viewer,
  patientId: string,
  { from, until, ...page }: AccessQuestion,
): Promise<Page<Access>> {
  const seen = sql`app.accesses_of(${patientId}) seen
    where ${from === undefined ? sql`true` : sql`seen.at >= ${from}::timestamptz`}
      and ${until === undefined ? sql`true` : sql`seen.at < ${until}::timestamptz`}`
  const { rows } = await tx.execute<Row>(sql`
    select page.*, person.name, practice.name as practice_name
    from (
      select seen.*, (count(*) over ())::int as total from ${seen}
      order by seen.at desc, seen.sax_id limit ${page.limit} offset ${page.offset}
    ) page
    left join app.people person on person.sax_id = page.sax_id
    left join app.practices practice on practice.id = page.practice_id and practice.tenant_id = ${viewer.tenantId}
    order by page.at desc, page.sax_id`)
  const countAll = async () => {
    const { rows: counted } = await tx.execute<{ total: number }>(sql`select count(*)::int as total from ${seen}`)
    return counted[0]?.total ?? 0
  }
  return pageOf(rows, page, countAll, toAccess)
}

function toAccess(row: Row): Access {
  const [only, ...others] = row.conversation_ids ?? []
  return {
    at: iso(row.at) ?? '',
    saxId: Number(row.sax_id),
    name: row.name,
    practiceName: row.practice_name ?? '',
    action: row.action,
    conversationId: others.length === 0 ? (only ?? null) : null,
  }
}
