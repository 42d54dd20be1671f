import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { who } from '../../test/api.ts'
import { sampleApi } from '../../test/sample-api.ts'
import type { Transaction } from './database.ts'
import { MOST_PREPARED } from './prepared-statements.ts'

const site = sampleApi()
const { tenantId } = who.coordinator
const within = <R>(work: (tx: Transaction) => Promise<R>) => site.api.database.inTenant(tenantId, work)
const prepared = (tx: Transaction, like: string) =>
  tx
    .execute<{ statement: string }>(sql`select statement from pg_prepared_statements where statement like ${like}`)
    .then(({ rows }) => rows.length)

test('the database keeps the plan of a statement that is run often, and of no other', async () => {
  await within(async (tx) => {
    const seen = () => prepared(tx, '%as often_asked%')
    for (let i = 1; i <= 4; i += 1) await tx.execute(sql`select ${i}::int as often_asked`)
    expect(await seen()).toBe(0)
    for (let i = 5; i <= 7; i += 1) {
      const { rows } = await tx.execute<{ often_asked: number }>(sql`select ${i}::int as often_asked`)
      expect(rows).toEqual([{ often_asked: i }])
    }
    expect(await seen()).toBe(1)
  })
})

test('a connection keeps no more than so many: for a new one, the one goes that was not run for longest', async () => {
  const oftenRun = async (tx: Transaction, text: string) => {
    for (let i = 0; i < 6; i += 1) await tx.execute(sql.raw(text))
  }
  await within(async (tx) => {
    for (let i = 0; i < MOST_PREPARED + 20; i += 1) {
      await oftenRun(tx, `select ${i} as one_of_many`)
      await tx.execute(sql.raw('select 0 as one_of_many'))
    }
    expect(await prepared(tx, '%')).toBe(MOST_PREPARED)
    for (const kept of [0, MOST_PREPARED + 19]) expect(await prepared(tx, `select ${kept} as one_of_many`)).toBe(1)
    expect(await prepared(tx, 'select 1 as one_of_many')).toBe(0)
  })
  // What went can come again.
  await within(async (tx) => {
    await oftenRun(tx, 'select 1 as one_of_many')
    expect(await prepared(tx, 'select 1 as one_of_many')).toBe(1)
    expect(await prepared(tx, '%')).toBe(MOST_PREPARED)
  })
})

test('a kept plan answers the tenant who asks, and survives a column that is added', async () => {
  const asked = (tenant: string) =>
    site.api.database.inTenant(tenant, (tx) =>
      tx
        .execute<{ tenants: string }>(
          sql`select string_agg(distinct tenant_id::text, ',') as tenants from app.patients`,
        )
        .then(({ rows }) => rows[0]?.tenants),
    )
  const other = who.otherTenantsCoordinator.tenantId
  for (let i = 0; i < 8; i += 1) {
    expect(await asked(tenantId)).toBe(tenantId)
    expect(await asked(other)).toBe(other)
  }
  await site.db.query('alter table app.patients add column nickname text')
  expect(await asked(tenantId)).toBe(tenantId)
})

test('a statement that fails while it is prepared can be run again', async () => {
  const wrong = (tx: Transaction) => tx.execute(sql`select ${1}::int / ${0}::int as by_nothing`)
  for (let i = 0; i < 7; i += 1) await expect(within(wrong)).rejects.toThrow()
  for (let i = 0; i < 7; i += 1) {
    const { rows } = await within((tx) => tx.execute<{ whole: number }>(sql`select ${8}::int / ${2}::int as whole`))
    expect(rows).toEqual([{ whole: 4 }])
  }
})
