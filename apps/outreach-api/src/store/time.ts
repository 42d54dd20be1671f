import { type SQL, sql } from 'drizzle-orm'

/** The database's own notion of a time of ours. */
export function time(ms: number): SQL {
  return sql`${new Date(ms).toISOString()}::timestamptz`
}
