import { createHash } from 'node:crypto'
import pg from 'pg'
import { LARGE_TABLES, type MakingStep, making, type Size } from './data-set.ts'
import type { Step } from './step.ts'

/** Where the data set is kept untouched; every run works on a copy. */
const KEPT = 'conversations_made'

/** Says whether what is kept was made by these sources. */
const digestOf = (steps: readonly MakingStep[]) => createHash('sha256').update(JSON.stringify(steps)).digest('hex')

/**
 * A database of this name that holds the data set, made of the kept copy; that is made first, once for each version
 * of the data set. `migrate` gives a database the tables.
 * @param urlOf connection string of the superuser, for a database
 */
export async function dataSet(
  name: string,
  size: Size,
  urlOf: (database: string) => string,
  migrate: (database: string) => Promise<void>,
  step: Step,
): Promise<void> {
  const server = await connect(urlOf('postgres'))
  const steps = making(size)
  try {
    if ((await kept(server)) !== digestOf(steps)) await make(server, urlOf(KEPT), steps, migrate, step)
    await step('copying the data set', async () => {
      await server.query(`drop database if exists ${name} with (force)`)
      await server.query(`create database ${name} template ${KEPT} strategy file_copy`)
    })
    await migrate(name)
  } finally {
    await server.end()
  }
  await step('reading it into memory', () => warm(urlOf(name)))
}

/** What is asked for all day is in a database's memory; a copy that was made just now is on the disk alone. */
async function warm(url: string): Promise<void> {
  const client = await connect(url)
  try {
    await client.query('create extension if not exists pg_prewarm')
    // Indexes, and tables but the messages, of which only the newest are read often. Larger ones first: they are let go first.
    await client.query(`
      select pg_prewarm(oid) from pg_class
      where relnamespace = 'app'::regnamespace and (relkind = 'i' or relkind = 'r' and relname <> 'messages')
      order by pg_relation_size(oid) desc`)
  } finally {
    await client.end()
  }
}

async function kept(server: pg.Client): Promise<string | undefined> {
  const { rows } = await server.query<{ said: string | null }>(
    `select shobj_description(oid, 'pg_database') as said from pg_database where datname = '${KEPT}'`,
  )
  return rows[0]?.said ?? undefined
}

async function make(
  server: pg.Client,
  url: string,
  steps: readonly MakingStep[],
  migrate: (database: string) => Promise<void>,
  step: Step,
): Promise<void> {
  await server.query(`drop database if exists ${KEPT} with (force)`)
  await server.query(`create database ${KEPT}`)
  await migrate(KEPT)
  const client = await connect(url)
  try {
    const { rows: indexes } = await client.query<{ name: string; definition: string }>(
      `select indexrelid::regclass::text as name, pg_get_indexdef(indexrelid) as definition from pg_index
       where indrelid::regclass::text = any ($1)
         and not exists (select from pg_constraint where conindid = indexrelid)`,
      [LARGE_TABLES.map((table) => `app.${table}`)],
    )
    for (const { name } of indexes) await client.query(`drop index ${name}`)
    for (const { title, sql } of steps) await step(title, () => client.query(sql))
    for (const { name, definition } of indexes) await step(`index ${name}`, () => client.query(definition))
    await step('statistics', () => client.query('vacuum (analyze)'))
    await client.query('checkpoint')
  } finally {
    await client.end()
  }
  // Last of all: a run that was interrupted leaves nothing that would be taken for whole.
  await server.query(`comment on database ${KEPT} is '${digestOf(steps)}'`)
}

async function connect(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url, application_name: 'bench' })
  client.on('error', () => undefined) // a lost connection also fails the query that is under way
  await client.connect()
  return client
}
