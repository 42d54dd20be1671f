import type pg from 'pg'
import { answered } from './answered.ts'

/** A statement that a connection has run so often is likely to be run again. As in pgJDBC's prepareThreshold. */
const OFTEN = 5
/** Of a connection. A plan holds some 50 kB of the database's memory. */
export const MOST_PREPARED = 60
/** Texts that are counted; more would be texts that are different each time, and those are not worth counting. */
const MOST_COUNTED = 500

/**
 * What the driver remembers of a connection's statements, by their names, and would remember for ever.
 * @source node-postgres, lib/connection.js
 */
type Connected = pg.PoolClient & {
  readonly connection: { readonly parsedStatements: Record<string, string> }
}

/**
 * A connection that lets the database keep the plans of what it runs often: to plan one of our statements costs more
 * than to run it. Whether a kept plan fits any values, or a new one is made for these, PostgreSQL decides by their costs.
 * Behind RDS Proxy a kept plan ties the connection to one of the database's, as every transaction of ours does already.
 * @source PostgreSQL manual, PREPARE (generic plans are used when they are no dearer than custom ones, after five);
 *   "Message Flow", Extended Query (Close)
 */
export function preparing(client: pg.PoolClient, answerTimeoutMs?: number): pg.PoolClient {
  const counts = new Map<string, number>()
  /** By their texts, the one that was run last at the end. */
  const names = new Map<string, string>()
  const { connection } = client as Connected
  let given = 0

  const nameOf = (text: string): string | undefined => {
    const known = names.get(text)
    if (known !== undefined) {
      names.delete(text)
      names.set(text, known)
      return known
    }
    if (counts.size >= MOST_COUNTED) counts.clear()
    const count = (counts.get(text) ?? 0) + 1
    counts.set(text, count)
    if (count < OFTEN) return undefined
    counts.delete(text)
    makeRoom()
    given += 1
    const name = `often_${given}`
    names.set(text, name)
    return name
  }

  /** What was not run for longest goes: else whoever comes once sixty others have been would be planned anew forever. */
  const makeRoom = () => {
    const [oldest] = names
    if (names.size < MOST_PREPARED || oldest === undefined) return
    const [text, name] = oldest
    names.delete(text)
    // Leaves with what is asked next, belongs to no transaction, and is no error where nothing of this name is.
    connection.close({ type: 'S', name }, true)
    delete connection.parsedStatements[name]
  }

  // As Drizzle asks: a statement, its values, and a promise of the answer.
  const query = (statement: pg.QueryConfig, values?: unknown[]) => {
    const name = statement.name ?? nameOf(statement.text)
    const named = { ...statement, ...(name === undefined ? {} : { name }), ...(values ? { values } : {}) }
    return answered(client, named, answerTimeoutMs)
  }
  return new Proxy(client, { get: (target, key) => (key === 'query' ? query : Reflect.get(target, key, target)) })
}
