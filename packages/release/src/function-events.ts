import * as z from 'zod'

/**
 * What a release asks of a function beside HTTP. Such an event reaches a function only through `lambda:InvokeFunction`:
 * what arrives by a URL, an API or a queue is wrapped by AWS in a record that has none of these fields at its top.
 * @source AWS Lambda Developer Guide, "Invoking Lambda function URLs" (payload format 2.0)
 */
export const releaseEvents = z.discriminatedUnion('sax', [
  /**
   * To the host: a user context token for one of the people of verification, who belong to tenants of their own that
   * hold nothing of anybody. Lives 60 seconds. A flaw is signed with the right secret and wrong in that one respect.
   */
  z.strictObject({
    sax: z.literal('verification-token'),
    of: z.enum(['first', 'second', 'administrator']),
    flaw: z.enum(['expired', 'wrong-audience', 'wrong-issuer']).optional(),
  }),
  /** To the migrations: which are applied, and which of its own are not. */
  z.strictObject({ sax: z.literal('migrations-status') }),
  /** To the migrations: apply those named, in order, each whole or not at all. Others that are pending stay so. */
  z.strictObject({ sax: z.literal('migrations-apply'), names: z.array(z.string()).min(1).max(200) }),
  /** To the migrations: see to it that the tenants of verification exist. Repeating it changes nothing. */
  z.strictObject({ sax: z.literal('prepare-verification') }),
  /** To the worker: whether it has what it needs to send. Nothing is sent. */
  z.strictObject({ sax: z.literal('worker-status') }),
])

export type ReleaseEvent = z.output<typeof releaseEvents>

export const verificationTokenAnswer = z.object({ token: z.string(), expiresAtSec: z.number() })

export const migrationsStatusAnswer = z.object({
  /** In the order they were applied. */
  applied: z.array(z.object({ name: z.string(), sha256: z.string() })),
  pending: z.array(z.string()),
})

export const workerStatusAnswer = z.object({
  release: z.string(),
  database: z.enum(['answers', 'does not answer']),
  /** Whether it could read what it signs in to the carrier with. */
  carrier: z.enum(['credentials read', 'no credentials']),
})

export const migrationsAppliedAnswer = z.object({ applied: z.array(z.string()) })
