import { SQL, StringChunk, sql } from 'drizzle-orm'
import type pg from 'pg'
import type { Database, Transaction } from '../../src/store/database.ts'
import type { Process, Schedule } from './schedule.ts'

/** Words of a statement, and what stands there instead. */
export type Spoilt = ReadonlyMap<string, string>

/** Transactions that are open. */
export interface Open {
  /** The backend that runs a process's transaction at this moment. */
  readonly backends: Map<Process, number>
  /** How many have ended, and let go of their locks. */
  ended: number
}

export interface GatedDatabaseOptions {
  readonly database: Database
  readonly schedule: Pick<Schedule, 'gate'>
  readonly process: Process
  readonly open: Open
  readonly spoilt: Spoilt
}

/**
 * The database as one process of a schedule has it: it waits for its turn before every statement and before the commit,
 * with its transaction open. Look-ups that see no rows of a tenant are one step: nothing is decided in them.
 */
export function gatedDatabase({ database, schedule, process, open, spoilt }: GatedDatabaseOptions): Database {
  return {
    ...database,
    inTenant: async (tenantId, work) => {
      try {
        return await database.inTenant(tenantId, async (tx) => {
          // A connection that ends before its transaction has begun would be replaced, and its process not be dead.
          await tx.execute(sql`select`)
          open.backends.set(process, backendOf(tx))
          const result = await work(gated(tx, () => schedule.gate(process, 'statement'), spoilt))
          await schedule.gate(process, 'commit')
          return result
        })
      } finally {
        open.backends.delete(process)
        open.ended += 1
      }
    },
  }
}

function gated(tx: Transaction, gate: () => Promise<void>, spoilt: Spoilt): Transaction {
  const execute = async (statement: SQL) => {
    await gate()
    return tx.execute(spoil(statement, spoilt))
  }
  return new Proxy(tx, { get: (target, key) => (key === 'execute' ? execute : Reflect.get(target, key, target)) })
}

function backendOf(tx: Transaction): number {
  const { $client } = tx as Transaction & { readonly $client: pg.PoolClient & { readonly processID: number } }
  return $client.processID
}

function spoil(statement: SQL, spoilt: Spoilt): SQL {
  if (spoilt.size === 0) return statement
  const chunks = statement.queryChunks.map((chunk) => {
    if (chunk instanceof SQL) return spoil(chunk, spoilt)
    if (!(chunk instanceof StringChunk)) return chunk
    return new StringChunk(
      chunk.value.map((text) => [...spoilt].reduce((words, [from, to]) => words.replaceAll(from, to), text)),
    )
  })
  return new SQL(chunks)
}
