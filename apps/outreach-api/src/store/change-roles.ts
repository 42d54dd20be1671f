import { setTimeout as wait } from 'node:timers/promises'
import pg from 'pg'

/** Longer than somebody else's change of a role takes, by far. */
const [TRIES, BETWEEN_MS] = [20, 50]

/**
 * Runs `sql`, which changes roles and can be run any number of times. Roles are of the whole server: where another
 * database's migration changes the same one meanwhile, PostgreSQL refuses the later of the two, and no lock of ours
 * spans databases.
 * @source PostgreSQL, src/backend/access/heap/heapam.c, `simple_heap_update` ("tuple concurrently updated")
 */
export async function changeRoles(client: pg.Client, sql: string): Promise<void> {
  for (let tried = 1; ; tried += 1) {
    try {
      await client.query(sql)
      return
    } catch (error) {
      if (tried === TRIES || !isOvertaken(error)) throw error
      await wait(BETWEEN_MS)
    }
  }
}

function isOvertaken(error: unknown): boolean {
  return error instanceof pg.DatabaseError && error.code === 'XX000' && /^tuple concurrently/.test(error.message)
}
