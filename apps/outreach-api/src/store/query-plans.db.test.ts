import { type ConversationFilter, conversationFilter } from '@sax/api-contract'
import { type SQL, sql } from 'drizzle-orm'
import { PgDialect } from 'drizzle-orm/pg-core'
import pg from 'pg'
import { beforeAll, describe, expect, test } from 'vitest'
import { who } from '../../test/api.ts'
import { sampleApi } from '../../test/sample-api.ts'
import { type Viewer, viewerOf } from '../domain/viewer.ts'
import { changesPlanned, listChanges } from './changes.ts'
import { listConversations } from './conversation-list.ts'
import { screenOf } from './conversation-screen.ts'
import type { Transaction } from './database.ts'
import { storeInbound } from './inbound-message.ts'
import { listMessages } from './messages.ts'
import { findDuplicate } from './open-conversation.ts'
import { answeredUnseen, holdConversation, messageOfClient } from './stored-messages.ts'

const site = sampleApi()
const now = new Date()
const one = '30000000-0000-4000-8000-000000000001'
const coordinator = viewerOf(who.coordinator)
const administrator = viewerOf(who.administrator)

/** Enough that a plan that reads everything would be a choice, and the wrong one: 26 more tenants, 9,000 conversations. */
beforeAll(async () => {
  await site.db.query(`
    with tenant as (insert into app.tenants select gen_random_uuid(), 'Tenant ' || n from generate_series(1, 26) n returning id)
    insert into app.practices (id, tenant_id, name, phone, time_zone)
    select gen_random_uuid(), id, 'Practice', '+15005550006', 'UTC' from tenant`)
  await site.db.query(`
    insert into app.conversations (id, tenant_id, practice_id, patient_phone, status, assigned_sax_id, unread_count,
      last_message_seq, last_message_at, waiting_since, warn_at, due_at, not_arrived)
    select gen_random_uuid(), p.tenant_id, p.id, '+1999' || lpad(n::text, 7, '0'),
      case when n % 4 = 0 then 'archived' else 'active' end, case when n % 3 = 0 then 1386 end, n % 50 / 49, 4,
      now() - n * interval '1 minute', w.since, w.since, w.since,
      n % 50 = 7
    from app.practices p, generate_series(1, 290) n,
      lateral (select case when n % 40 = 1 then now() - n * interval '1 minute' end as since) w`)
  await site.db.query(`
    with sent as (
      insert into app.messages (id, tenant_id, practice_id, conversation_id, seq, direction, body, status, client_id,
        created_at)
      select gen_random_uuid(), c.tenant_id, c.practice_id, c.id, n, 'outbound',
        'Word ' || substr(md5(c.id::text || n), 1, 12), 'delivered', gen_random_uuid(), now()
      from app.conversations c, generate_series(1, 4) n where c.patient_phone like '+1999%' returning id, tenant_id
    )
    insert into app.outbox (message_id, tenant_id, state, next_attempt_at) select id, tenant_id, 'done', now() from sent`)
  await site.db.query(`
    insert into app.presence (tenant_id, practice_id, conversation_id, sax_id, state, until)
    select tenant_id, practice_id, id, 1386, 'gone', now() from app.conversations`)
  await site.db.query(`
    insert into app.notes (id, tenant_id, practice_id, conversation_id, author_sax_id, body)
    select gen_random_uuid(), tenant_id, practice_id, id, 1386, 'Note' from app.conversations`)
  await site.db.query(`
    insert into app.patients (id, tenant_id, practice_id, first_name, last_name, date_of_birth, phone, time_zone,
      preferred_language)
    select gen_random_uuid(), tenant_id, practice_id, 'Name', substr(md5(id::text), 1, 8), '1970-01-01', patient_phone,
      'UTC', 'en' from app.conversations where patient_phone like '+1999%'`)
  await site.db.query(`
    insert into app.consent (tenant_id, phone, state, changed_at)
    select distinct tenant_id, patient_phone, 'subscribed', now() from app.conversations on conflict do nothing`)
  await site.db.query(`
    insert into app.audit_log (tenant_id, practice_id, sax_id, action, patient_ids, conversation_ids, request_id)
    select tenant_id, practice_id, 1386, 'conversations.read', array[gen_random_uuid()], array[id], 'request'
    from app.conversations`)
  await site.db.query(`
    insert into app.uploads (id, tenant_id, practice_id, conversation_id, author_sax_id, content_type, storage_key, bytes,
      created_at, message_id)
    select gen_random_uuid(), tenant_id, practice_id, conversation_id, 1386, 'image/png', 'k', 1, created_at, id
    from app.messages where direction = 'outbound' limit 5000`)
  await site.db.query('vacuum analyze')
}, 120_000)

interface PlanNode {
  readonly 'Node Type': string
  readonly 'Relation Name'?: string
  readonly Plans?: readonly PlanNode[]
}

/** Tables that grow without end. */
const LARGE = new Set([
  'conversations',
  'messages',
  'notes',
  'presence',
  'outbox',
  'audit_log',
  'consent',
  'patients',
  'uploads',
])

const readsAll = ({ 'Node Type': kind, 'Relation Name': table, Plans = [] }: PlanNode): string[] => [
  ...(kind === 'Seq Scan' && table !== undefined && LARGE.has(table) ? [table] : []),
  ...Plans.flatMap(readsAll),
]

/** Runs `work` in a transaction that asks of each statement how it would be gone about before it is run. */
async function tablesReadWhole(
  viewer: Viewer,
  work: (tx: Transaction) => Promise<unknown>,
  { indexes = 'on' }: { readonly indexes?: 'on' | 'off' } = {},
): Promise<string[]> {
  return site.api.database.inTenant(viewer.tenantId, async (tx) => {
    for (const kind of ['indexscan', 'indexonlyscan', 'bitmapscan'])
      await tx.execute(`set local enable_${kind} = ${indexes}`)
    const found: string[] = []
    const note = (rows: readonly { 'QUERY PLAN': [{ Plan: PlanNode }] }[]) => {
      for (const row of rows) found.push(...readsAll(row['QUERY PLAN'][0].Plan))
    }
    const execute: Transaction['execute'] = ((query: Parameters<Transaction['execute']>[0]) => {
      const run = async () => {
        const { rows } = await tx.execute<{ 'QUERY PLAN': [{ Plan: PlanNode }] }>(sql`explain (format json) ${query}`)
        note(rows)
        return tx.execute(query)
      }
      return run()
    }) as Transaction['execute']
    // What leaves with the commit is asked of the connection itself.
    const { $client: client } = tx as Transaction & { readonly $client: pg.PoolClient }
    const explained: Promise<void>[] = []
    const query = (statement: pg.QueryConfig, values: unknown[]) => {
      explained.push(
        client.query({ text: `explain (format json) ${statement.text}` }, values).then(({ rows }) => note(rows)),
      )
      return client.query(statement, values)
    }
    const connection = new Proxy(client, { get: (target, key) => (key === 'query' ? query : Reflect.get(target, key)) })
    const seen: Readonly<Record<PropertyKey, unknown>> = { execute, $client: connection }
    await work(new Proxy(tx, { get: (target, key) => seen[key] ?? Reflect.get(target, key) }))
    await Promise.all(explained)
    return found
  })
}

const newsSince = (tx: Transaction, xid: string, viewer = coordinator) =>
  listChanges(tx, viewer, { after: { xid, seq: '0' }, limit: 200, now, requestId: 'request' })

const filters: readonly ConversationFilter[] = conversationFilter.options
const lists = filters.flatMap((filter) => (['newest', 'waiting'] as const).map((sort) => [filter, sort] as const))

test.each(lists)(
  'the list of %s conversations, %s first, reads no table whole: first page and next',
  async (filter, sort) => {
    for (const viewer of [coordinator, administrator]) {
      const question = { filter, sort, pieces: [], limit: 50, now }
      const read = await tablesReadWhole(viewer, async (tx) => {
        const { next } = await listConversations(tx, viewer, { ...question, after: undefined })
        await listConversations(tx, viewer, { ...question, after: next ?? { waiting: false, key: '1', id: one } })
      })
      expect(read).toEqual([])
    }
  },
)

test.each<[what: string, work: (tx: Transaction) => Promise<unknown>]>([
  [
    'a search',
    (tx) =>
      listConversations(tx, coordinator, {
        filter: 'all',
        sort: 'newest',
        pieces: ['obrien'],
        limit: 50,
        now,
        after: undefined,
      }),
  ],
  ['the screen of a conversation', (tx) => screenOf(tx, coordinator, one, now)],
  ['a page of messages', (tx) => listMessages(tx, coordinator, one, { before: 3, limit: 50 })],
  ['the news, with nothing new', async (tx) => expect((await newsSince(tx, '9999999')).kind).toBe('unknown_cursor')],
  [
    'the news of everything',
    async (tx) => {
      const news = await newsSince(tx, '0')
      expect(news.kind === 'changes' && (await news.told).changes.hasMore).toBe(true)
    },
  ],
  ['what is known of a number', (tx) => findDuplicate(tx, coordinator, coordinator.practiceId, '+16175550101')],
  [
    'a text that comes in',
    async (tx) => {
      const kept = await storeInbound(
        tx,
        coordinator,
        {
          ...{ sid: `SM${'7'.repeat(32)}`, from: '+16175550101', to: '+16175550100', messagingServiceSid: undefined },
          ...{ body: 'Hello', segmentCount: 1, media: [], said: undefined },
        },
        { newId: () => crypto.randomUUID(), atMs: now.getTime() },
      )
      expect(await kept?.stored).toBe(true)
    },
  ],
  ['a conversation held', (tx) => holdConversation(tx, coordinator, one)],
  ['a look for an unseen answer', (tx) => answeredUnseen(tx, coordinator, one, 1)],
  ['a look for the message of a client', (tx) => messageOfClient(tx, coordinator, crypto.randomUUID())],
  [
    'what is due',
    (tx) =>
      tx.execute(sql`
    select tenant_id, message_id from app.outbox where state not in ('done', 'dead') and next_attempt_at <= now()
    order by next_attempt_at limit 10`),
  ],
])('%s reads no table whole', async (_what, work) => {
  expect(await tablesReadWhole(coordinator, work)).toEqual([])
})

test('the news is planned once for all cursors, and by what changed', async () => {
  for (const viewer of [coordinator, administrator]) {
    const asked: SQL[] = []
    const plan = await site.api.database.inTenant(
      viewer.tenantId,
      async (tx) => {
        const execute = (statement: SQL) => {
          asked.push(statement)
          return tx.execute(statement)
        }
        const noting = new Proxy(tx, { get: (target, key) => (key === 'execute' ? execute : Reflect.get(target, key)) })
        await newsSince(noting, '9999999', viewer)
        const { sql: text, params } = new PgDialect().sqlToQuery(sql`${asked[0]}`)
        await tx.execute(sql.raw(`prepare news as ${text}`))
        const { rows } = await tx.execute(
          sql.raw(`explain execute news (${params.map((one) => `'${one}'`).join(',')})`),
        )
        await tx.execute(sql.raw('deallocate news'))
        return rows.map((row) => row['QUERY PLAN']).join('\n')
      },
      changesPlanned,
    )
    for (const table of ['conversations', 'messages', 'notes', 'presence']) expect(plan).toContain(`${table}_changes`)
    // As it is for any values.
    expect(plan).toContain('$1')
  }
})

test('a search goes through the index of three letters, in names, numbers and messages', async () => {
  const [row] = await site.db.query(`
    explain (format json)
    select id from app.conversations where tenant_id = '${coordinator.tenantId}' and search_text like '%obrien%'
    union select conversation_id from app.messages
      where tenant_id = '${coordinator.tenantId}' and search_text like '%vinegar%'`)
  const plan = JSON.stringify(row)
  for (const index of ['conversations_search', 'messages_search']) expect(plan).toContain(index)
})

/** Plans of everything that runs inside of a function, which an explanation of its caller does not show. */
async function plansWithin(call: string): Promise<PlanNode[]> {
  const client = new pg.Client(site.db.adminUrl)
  const plans: PlanNode[] = []
  client.on('notice', ({ message = '' }) => {
    const [, plan] = /plan:\n(.*)$/s.exec(message) ?? []
    if (plan !== undefined) plans.push(JSON.parse(plan).Plan)
  })
  await client.connect()
  try {
    await client.query(`load 'auto_explain'`)
    const settings = { log_min_duration: 0, log_nested_statements: 'on', log_format: 'json', log_level: 'notice' }
    for (const [name, value] of Object.entries(settings)) await client.query(`set auto_explain.${name} = '${value}'`)
    await client.query(`begin; set local role app_user; set local app.tenant_id = '${coordinator.tenantId}'`)
    await client.query(call)
    return plans
  } finally {
    await client.end()
  }
}

describe('inside of the search', () => {
  const found = (word: string, practice: string | undefined) =>
    plansWithin(
      `select * from app.conversations_found('%${word}%', '{}', true, ${practice ? `'${practice}'` : 'null'}, 300)`,
    )

  test.each<[what: string, word: string, index: string]>([
    ['a rare word goes through the index of three letters', 'vinegar', 'messages_search'],
    ['a word of every message asks conversations one by one', 'word', 'messages_tenant_id_conversation_id_seq_key'],
  ])('%s, and no table is read whole', async (_what, word, index) => {
    for (const practice of [undefined, coordinator.practiceId]) {
      const plans = await found(word, practice)
      expect(plans.length).toBeGreaterThan(3)
      expect(plans.flatMap(readsAll)).toEqual([])
      expect(JSON.stringify(plans)).toContain(index)
    }
  })
})

test.each<[what: string, call: string, index: string]>([
  ['whose message it is', "app.tenant_of_message(null, 'SM1')", 'messages_provider_sid_key'],
  ['what is due', 'app.due_sends(now(), 10)', 'outbox_due'],
  ['what nobody sent', 'app.uploads_not_sent(now(), 10)', 'uploads_not_sent'],
  ['who a patient is', "app.patients_matching('%obrien%', '{}')", 'patients_search'],
  ['who saw a patient', 'app.accesses_of(gen_random_uuid())', 'audit_log_by_patient'],
])('%s is looked up in an index', async (_what, call, index) => {
  const plans = await plansWithin(`select * from ${call}`)
  expect(plans.length).toBeGreaterThan(1)
  expect(plans.flatMap(readsAll)).toEqual([])
  expect(JSON.stringify(plans)).toContain(index)
})

test('conversations whose newest message did not arrive are read from an index of theirs', async () => {
  const [row] = await site.db.query(
    `explain (format json) select id from app.conversations where tenant_id = '${coordinator.tenantId}' and not_arrived`,
  )
  expect(JSON.stringify(row)).toContain('conversations_not_arrived')
})

test('conversations are counted from an index alone', async () => {
  const [row] = await site.db.query(`
    explain (format json) select count(*) filter (where unread_count > 0 and status = 'active'),
      count(*) filter (where assigned_sax_id = 1), count(*) filter (where patient_count = 0),
      count(*) filter (where waiting_since is not null and warn_at < now())
    from app.conversations where tenant_id = '${coordinator.tenantId}'`)
  expect(JSON.stringify(row)).toContain('"Index Only Scan"')
  expect(JSON.stringify(row)).toContain('conversations_counted')
})

test('tables that are read whole are found', async () => {
  const read = await tablesReadWhole(coordinator, (tx) => screenOf(tx, coordinator, one, now), { indexes: 'off' })
  expect(new Set(read)).toEqual(new Set(['conversations', 'messages', 'notes', 'outbox', 'patients', 'presence']))
})
