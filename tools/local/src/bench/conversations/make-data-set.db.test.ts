import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import pg from 'pg'
import { expect, inject, test } from 'vitest'
import { repositoryRoot } from '../../settings.ts'
import { inheritedEnvironment } from '../../site/env.ts'
import { dataSet } from './make-data-set.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** Administrator of the tests' PostgreSQL. */
    databaseAdminUrl: string
  }
}

const SIZE = { tenants: 5, conversations: 600, messages: 9_300 }

test('a data set has the rows that it should have, which agree with one another, and is made once', async () => {
  const urlOf = (database: string) =>
    Object.assign(new URL(inject('databaseAdminUrl')), { pathname: `/${database}` }).href
  const migrate = async (database: string) => {
    const { status, stderr } = spawnSync(process.execPath, ['src/migrate.ts'], {
      cwd: join(repositoryRoot, 'apps', 'outreach-api'),
      env: {
        ...inheritedEnvironment(),
        DATABASE_ADMIN_URL: urlOf(database),
        APP_USER_PASSWORD: 'app-user-of-the-tests',
      },
    })
    expect(status, stderr.toString()).toBe(0)
  }
  const steps: string[] = []
  const make = () =>
    dataSet('conversations_of_a_test', SIZE, urlOf, migrate, async (title, work) => {
      steps.push(title)
      return work()
    })
  await make()
  expect(steps).toContain('9,300 messages')
  const client = new pg.Client(urlOf('conversations_of_a_test'))
  await client.connect()
  try {
    const { rows } = await client.query(`
      select (select count(*)::int from app.tenants) as tenants, (select count(*)::int from app.conversations) as conversations,
        (select count(*)::int from app.messages) as messages,
        (select max(last_message_seq) from app.conversations) > 1990 as long,
        (select count(*)::int from app.messages where search_text not like '%the%') as without_the_word,
        (select count(*)::int from app.conversations c where last_message_seq <> (
          select max(seq) from app.messages m where m.conversation_id = c.id)) as wrong_seq,
        (select count(*)::int from app.conversations c where patient_count <> (
          select count(*) from app.conversation_patients p where p.conversation_id = c.id)) as wrong_patients,
        (select count(*)::int from app.conversations where waiting_since is not null) > 5 as some_wait,
        (select count(*)::int from app.conversations where not_arrived) > 2 as some_not_arrived,
        (select count(*)::int from pg_indexes where indexname = 'messages_search') as indexes`)
    expect(rows).toEqual([
      {
        ...{ tenants: 5, conversations: 600, messages: 9_300, long: true, without_the_word: 0 },
        ...{ wrong_seq: 0, wrong_patients: 0, some_wait: true, some_not_arrived: true, indexes: 1 },
      },
    ])
  } finally {
    await client.end()
  }
  steps.length = 0
  await make()
  expect(steps).toEqual(['copying the data set', 'reading it into memory'])
}, 60_000)
