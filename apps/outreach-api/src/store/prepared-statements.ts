import type pg from 'pg'
import { answered } from './answered.ts'

/** A statement that a connection has run so often is likely to be run again. As in pgJDBC's prepareThreshold. */
const OFTEN = 5
/** Of a connection. A plan holds some 50 kB of the database's memory. */
const MOST = 60
/** Texts that are counted; more would be texts that are different each time, and those are not worth counting. */
const MOST_COUNTED = 500

/**
 * A connection that lets the database keep the plans of what it runs often: to plan one of our statements costs more
 * than to run it. Whether a kept plan fits any values, or a new one is made for these, PostgreSQL decides by their costs.
 * Behind RDS Proxy a kept plan ties the connection to one of the database's, as every transaction of ours does already.
 * @source PostgreSQL manual, PREPARE (generic plans are used when they are no dearer than custom ones, after five)
 */
export function preparing(client: pg.PoolClient, answerTimeoutMs?: number): pg.PoolClient {
  const counts = new Map<string, number>()
  const names = new Map<string, string>()

  const nameOf = (text: string): string | undefined => {
    const known = names.get(text)
    if (known !== undefined) return known
    if (names.size >= MOST) return undefined
    if (counts.size >= MOST_COUNTED) counts.clear()
    const count = (counts.get(text) ?? 0) + 1
    counts.set(text, count)
    if (count < OFTEN) return undefined
    const name = `often_${names.size}`
    names.set(text, name)
    counts.delete(text)
    return name
  }

  // As Drizzle asks: a statement, its values, and a promise of the answer.
  const query = (statement: pg.QueryConfig, values?: unknown[]) => {
    const name = statement.name ?? nameOf(statement.text)
    const named = { ...statement, ...(name === undefined ? {} : { name }), ...(values ? { values } : {}) }
    return answered(client, named, answerTimeoutMs)
  }
  return new Proxy(client, { get: (target, key) => (key === 'query' ? query : Reflect.get(target, key, target)) })
}
