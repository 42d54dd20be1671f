import { HOP_HEADER } from '@sax/topology'
import type { VerifiedUserContext } from '@sax/user-context/verify'

/** What the backend answered, body unread by us. `kind: 'unreachable'` when it answered nothing in time. */
export type BackendAnswer =
  | {
      readonly kind: 'answered'
      readonly status: number
      readonly headers: ReadonlyMap<string, string>
      readonly body: Uint8Array<ArrayBuffer>
    }
  | { readonly kind: 'unreachable'; readonly status: 502 | 504 }

export interface BackendRequest {
  readonly method: string
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body?: Uint8Array
}

/** Sends one request to the backend. Never rejects for the backend's failures. */
export type Backend = (request: BackendRequest) => Promise<BackendAnswer>

/**
 * Headers that may pass from the client to the backend. Everything else, identity headers first of all, stays behind.
 * The hop counter goes along, so that a backend address that leads back to this site ends in 508 and not in a loop.
 */
const PASSED_ON = ['content-type', 'idempotency-key', 'accept-language', HOP_HEADER] as const

/** Headers by which the backend learns who asks: made from the verified token alone. */
export function backendHeaders(
  incoming: Pick<Headers, 'get'>,
  requestId: string,
  verified: VerifiedUserContext | undefined,
): Record<string, string> {
  const headers: Record<string, string> = { accept: 'application/json', 'x-request-id': requestId }
  for (const name of PASSED_ON) {
    const value = incoming.get(name)
    if (value !== null) headers[name] = value
  }
  if (verified) {
    const { saxId, tenantId, practiceId } = verified.context
    headers.authorization = `Bearer ${verified.token}`
    headers['x-tenant-id'] = tenantId
    headers['x-practice-id'] = practiceId
    headers['x-coordinator-sax-id'] = String(saxId)
    headers['x-user-sax-id'] = String(saxId)
    headers['x-sax-id'] = String(saxId)
  }
  return headers
}
