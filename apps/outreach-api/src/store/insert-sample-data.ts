import { parseTemplate } from '@sax/message-template'
import * as sample from '@sax/sample-data'
import pg from 'pg'
import { conversationTables } from './sample-conversations.ts'
import { type Rows, snake } from './sample-rows.ts'

/**
 * Puts the sample data beside what is there and answers how many rows are new. Rows that exist are left as they are, so
 * that what a person changed stays changed. Conversations are as old as they are at `now`.
 */
export async function insertSampleData(adminUrl: string, now: Date): Promise<number> {
  const client = new pg.Client({ connectionString: adminUrl, connectionTimeoutMillis: 5_000 })
  client.on('error', () => undefined) // a lost connection also fails the query that is under way
  await client.connect()
  try {
    await client.query('begin')
    // Two loaders at once would wait for each other's rows in different orders.
    await client.query("select pg_advisory_xact_lock(hashtext('sample data'))")
    let inserted = 0
    for (const [table, rows] of [...tables(), ...conversationTables(now)])
      inserted += await insertNew(client, table, rows)
    await client.query('commit')
    return inserted
  } finally {
    await client.end() // an open transaction ends with it, undone
  }
}

/** In the order in which they refer to one another. Keys are column names. */
function tables(): readonly (readonly [table: string, rows: Rows])[] {
  return [
    ['tenants', sample.tenants.map(({ id, name }) => ({ id, name }))],
    ['practices', sample.practices.map((row) => snake(row))],
    ['people', sample.people.map(({ saxId, name, email }) => ({ sax_id: saxId, name, email }))],
    ['roles', sample.people.flatMap(roleRows)],
    ['patients', sample.patients.map((row) => snake(row))],
    [
      'template_categories',
      sample.tenants.flatMap(({ id }) => sample.categories.map((category) => ({ tenant_id: id, ...category }))),
    ],
    ['templates', sample.templates.map(templateRow)],
    ['template_usage', sample.templates.flatMap(usageRows)],
  ]
}

function roleRows({ saxId, memberships }: sample.SamplePerson): Rows {
  return memberships.flatMap(({ tenantId, practiceId, roles }) =>
    roles.map((role) => ({ tenant_id: tenantId, practice_id: practiceId, sax_id: saxId, role })),
  )
}

function templateRow({ uses: _, ...row }: sample.SampleTemplate) {
  return { ...snake(row), variables: parseTemplate(row.content).variables, updated_at: row.createdAt }
}

function usageRows({ id, tenantId, uses, createdAt }: sample.SampleTemplate): Rows {
  return uses.map(({ saxId, count }) => ({
    tenant_id: tenantId,
    template_id: id,
    sax_id: saxId,
    use_count: count,
    last_used_at: createdAt,
  }))
}

async function insertNew(client: pg.Client, table: string, rows: Rows): Promise<number> {
  const columns = Object.keys(rows[0] ?? {}).join(', ')
  const { rowCount } = await client.query(
    `insert into app.${table} (${columns})
     select ${columns} from jsonb_populate_recordset(null::app.${table}, $1)
     on conflict do nothing`,
    [JSON.stringify(rows)],
  )
  return rowCount ?? 0
}
