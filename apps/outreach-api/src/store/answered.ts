import type pg from 'pg'
import { STATEMENT_TIMEOUT_MS } from './database-address.ts'

/** The server's own timeout cannot help when the server is frozen. */
export const ANSWER_TIMEOUT_MS = answerTimeoutOf(STATEMENT_TIMEOUT_MS)

export function answerTimeoutOf(statementTimeoutMs: number): number {
  return statementTimeoutMs + 1_000
}

/**
 * What the database answers to a statement on this connection.
 *
 * The driver would give a promise and keep time by itself, and assigns a function to a property of the statement for each. V8
 * takes such a function for a method and makes it old from the beginning; it reaches the rows that were found, and they
 * are kept until everything old is looked through. One page of news in seventy waited for that. A function that is handed
 * over as an argument goes with its request.
 * @source V8, src/parsing/parser.h, "If we assign a function literal to a property we pretenure the literal"
 * @throws Error of the driver; `Query read timeout` when there is no answer, and the connection is of no more use
 */
export function answered(
  client: Pick<pg.PoolClient, 'query'>,
  statement: pg.QueryConfig,
  timeoutMs = ANSWER_TIMEOUT_MS,
): Promise<pg.QueryResult> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('Query read timeout')), timeoutMs)
    client.query({ ...statement }, (error: Error | null, result) => {
      clearTimeout(timer)
      if (error) reject(error)
      else resolve(result)
    })
  })
}
