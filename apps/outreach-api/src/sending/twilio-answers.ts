import * as z from 'zod'
import type { CarrierAnswer } from '../domain/outbox-steps.ts'

type Unaccepted = Exclude<CarrierAnswer, { readonly kind: 'accepted' }>

/** @source Twilio documentation, "Twilio's Response" (REST API exceptions) */
const refusal = z.object({ code: z.number().int().positive() })

/**
 * Our settings or the account are wrong, which a person mends: no message is to blame.
 * @source Twilio documentation, "Error and Warning Dictionary"
 */
const OUR_SETTINGS: ReadonlySet<number> = new Set([
  20003, 20005, 20403, 20404, 21603, 21606, 21609, 21659, 21660, 21701, 21703, 21704, 21705, 21712,
])

/** The request did not get as far as the carrier. @source Node.js documentation, "Common system errors"; undici, "Errors" */
const NEVER_REACHED: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
  'CERT_HAS_EXPIRED',
  'ERR_TLS_CERT_ALTNAME_INVALID',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
])

/**
 * What a status other than success means. 429 says that nothing was done. A failure of the carrier's own says nothing
 * of the kind, and neither does an answer that is not the carrier's: those are asked about.
 * @source Twilio documentation, "Error 20429" (not processed, to be tried again with backoff)
 */
export async function answerOfStatus(response: Response): Promise<Unaccepted> {
  const { status } = response
  const read = refusal.safeParse(await response.json().catch(() => undefined))
  if (status === 429) return { kind: 'not_processed', code: '20429', ...retryAfter(response) }
  if (status < 400 || status > 499 || status === 408 || !read.success) {
    return { kind: 'unknown', code: `status_${status}` }
  }
  const { code } = read.data
  if (status === 401 || status === 403 || OUR_SETTINGS.has(code)) return { kind: 'not_processed', code: String(code) }
  return { kind: 'refused', code: String(code) }
}

/** What it means that no answer came. Only where the connection was never made nothing can have been taken. */
export function answerOfError(error: unknown): Extract<Unaccepted, { kind: 'unknown' | 'not_processed' }> {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error
  const code = codesOf(cause)
  if (code.length > 0 && code.every((one) => NEVER_REACHED.has(one)))
    return { kind: 'not_processed', code: 'unreachable' }
  return {
    kind: 'unknown',
    code: error instanceof Error && error.name === 'TimeoutError' ? 'timeout' : 'connection_lost',
  }
}

/** An attempt at several addresses fails with an error for each. */
function codesOf(error: unknown): readonly string[] {
  if (error instanceof AggregateError) return error.errors.flatMap(codesOf)
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? [error.code] : []
}

function retryAfter({ headers }: Response): { readonly retryAfterMs?: number } {
  const seconds = Number(headers.get('retry-after'))
  return seconds > 0 && seconds <= 3_600 ? { retryAfterMs: seconds * 1_000 } : {}
}
