import { createHash } from 'node:crypto'
import type { Context } from 'hono'
import type { Viewer } from '../domain/viewer.ts'
import type { Database, Transaction } from '../store/database.ts'
import { claimKey, keepAnswer } from '../store/idempotency.ts'
import type { ApiEnv } from './api-env.ts'
import { invalid, Refusal } from './refusal.ts'

/** What clients may send: an opaque, printable name of one intention. */
const WELL_FORMED_KEY = /^[\x21-\x7e]{1,200}$/

/**
 * Runs `work` in a transaction of the viewer's tenant. Under an `Idempotency-Key` it runs once: its answer is stored
 * with what it did, and every repetition gets the same answer, marked `idempotency-replayed: true`.
 * @throws Refusal 422 when the key stands for another request.
 */
export async function answerOnce<T extends object>(
  c: Context<ApiEnv>,
  database: Database,
  viewer: Viewer,
  body: unknown,
  work: (tx: Transaction) => Promise<T>,
): Promise<T> {
  const key = c.req.header('idempotency-key')
  if (key === undefined) return database.inTenant(viewer.tenantId, work)
  if (!WELL_FORMED_KEY.test(key)) throw invalid({ 'idempotency-key': 'Use 1 to 200 printable characters' })
  const fingerprint = createHash('sha256')
    .update(JSON.stringify([c.req.method, c.req.path, body]))
    .digest('hex')
  return database.inTenant(viewer.tenantId, async (tx) => {
    const claim = await claimKey(tx, viewer, { key, fingerprint })
    if (claim.kind === 'other_request') {
      throw new Refusal(422, 'VALIDATION_ERROR', 'This Idempotency-Key was already used for another request.')
    }
    if (claim.kind === 'answered') {
      c.header('idempotency-replayed', 'true')
      return claim.body as T // stored by the lines below, for the same route and body
    }
    const answer = await work(tx)
    await keepAnswer(tx, viewer, key, answer)
    return answer
  })
}
