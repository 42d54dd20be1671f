import { getHeapSpaceStatistics, setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { who } from '../../test/api.ts'
import { sampleApi } from '../../test/sample-api.ts'

const site = sampleApi()
const STATEMENTS = 40

setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc') as (options?: { readonly type: 'minor' }) => void
const oldKilobytes = () =>
  (getHeapSpaceStatistics().find(({ space_name }) => space_name === 'old_space')?.space_used_size ?? 0) / 1024

/** How many rows of some 500 bytes were answered, 35 kB together, and let go. */
function ask(): Promise<number> {
  return site.api.database.inTenant(who.coordinator.tenantId, async (tx) => {
    const { rows } = await tx.execute(
      sql`select n, repeat('x', 400) || n as long from generate_series(1, ${75}::int) n`,
    )
    return rows.length
  })
}

test('rows that were answered are gone with their request, and are not kept until everything old is looked through', async () => {
  for (let i = 0; i < STATEMENTS; i += 1) await ask()
  collect()
  const before = oldKilobytes()
  for (let i = 0; i < STATEMENTS; i += 1) {
    if ((await ask()) !== 75) throw new Error('not all rows were answered')
    // What outlives two of these has grown old.
    collect({ type: 'minor' })
    collect({ type: 'minor' })
  }
  expect((oldKilobytes() - before) / STATEMENTS).toBeLessThan(15)
})
