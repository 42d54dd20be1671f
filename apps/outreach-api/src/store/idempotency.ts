import { and, eq, inArray, lt, type SQL, sql } from 'drizzle-orm'
import type { Viewer } from '../domain/viewer.ts'
import type { Database, Transaction } from './database.ts'
import { idempotencyKeys } from './schema.ts'
import { takeDue } from './take-due.ts'
import { time } from './time.ts'

export interface KeyedRequest {
  readonly key: string
  /** Hash of everything the request asks. */
  readonly fingerprint: string
}

export type Claim =
  | { readonly kind: 'fresh' }
  | { readonly kind: 'answered'; readonly body: unknown }
  | { readonly kind: 'other_request' }

/** Keys are the viewer's own, and good for a day. */
const KEY_LIFE = sql`now() - interval '24 hours'`
const KEY_LIFE_MS = 24 * 60 * 60_000

/**
 * Claims a key for this transaction. Of several that claim at once the first goes on, the others wait for its end here
 * and then find its answer; when it fails, its claim is undone with it and the next one goes on.
 */
export async function claimKey(tx: Transaction, viewer: Viewer, { key, fingerprint }: KeyedRequest): Promise<Claim> {
  await forgetOldKeys(tx, viewer)
  const claimed = await tx
    .insert(idempotencyKeys)
    .values({ tenantId: viewer.tenantId, saxId: viewer.saxId, key, fingerprint })
    .onConflictDoNothing()
    .returning({ key: idempotencyKeys.key })
  if (claimed.length > 0) return { kind: 'fresh' }
  const [earlier] = await tx.select().from(idempotencyKeys).where(keyOf(viewer, key))
  if (earlier === undefined || earlier.body === null) throw new Error('a claimed key was committed without its answer')
  if (earlier.fingerprint !== fingerprint) return { kind: 'other_request' }
  return { kind: 'answered', body: earlier.body }
}

/** Keeps the answer under the claimed key; it becomes visible together with what the request did. */
export async function keepAnswer(tx: Transaction, viewer: Viewer, key: string, body: object): Promise<void> {
  await tx.update(idempotencyKeys).set({ body }).where(keyOf(viewer, key))
}

/** Who sends keys also sweeps their own old ones out. Those that another request is sweeping already are left to it. */
async function forgetOldKeys(tx: Transaction, viewer: Viewer): Promise<void> {
  const old = tx
    .select({ key: idempotencyKeys.key })
    .from(idempotencyKeys)
    .where(and(ofViewer(viewer), lt(idempotencyKeys.createdAt, KEY_LIFE)))
    .for('update', { skipLocked: true })
  await tx.delete(idempotencyKeys).where(and(ofViewer(viewer), inArray(idempotencyKeys.key, old)))
}

/**
 * Removes answers of more than a day ago, at most `limit` of each of the tenants whose are the oldest. They hold what
 * patients are called, and who never sends a key again sweeps nothing. Answers how many went.
 */
export async function forgetOldAnswers(
  database: Database,
  { nowMs, limit }: { readonly nowMs: number; readonly limit: number },
): Promise<number> {
  const before = time(nowMs - KEY_LIFE_MS)
  const tenants = sql`select tenant_id, tenant_id as id from app.tenants_of_answers(${before}, ${limit})`
  const counts = await takeDue(database, tenants, async (tx) => {
    const gone = await tx.execute(sql`
      delete from app.idempotency_keys where (sax_id, key) in (
        select sax_id, key from app.idempotency_keys where created_at < ${before}
        order by created_at limit ${limit} for update skip locked)`)
    return gone.rowCount ?? 0
  })
  return counts.reduce((sum, count) => sum + count, 0)
}

function keyOf(viewer: Viewer, key: string): SQL | undefined {
  return and(ofViewer(viewer), eq(idempotencyKeys.key, key))
}

function ofViewer({ tenantId, saxId }: Viewer): SQL | undefined {
  return and(eq(idempotencyKeys.tenantId, tenantId), eq(idempotencyKeys.saxId, saxId))
}
