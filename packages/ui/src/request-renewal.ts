import type { RenewalAnswer } from './session-renewal.ts'

/** SHA-256 of an empty body: a function behind CloudFront's origin access control refuses a write without it. @source AWS CloudFront Developer Guide, "Restrict access to an AWS Lambda function URL origin" */
const EMPTY_BODY_SHA256 = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'

/** The person and the practice that a page was made for. */
export interface PageOwner {
  readonly saxId: number
  /** UUID */
  readonly practiceId: string
}

/**
 * Asks the host to renew the user context of the session that the browser's cookies hold, and whether that is still
 * the session `owner`'s page was made in.
 */
export async function requestRenewal(
  url: string,
  owner: PageOwner,
  send: typeof fetch = fetch,
): Promise<RenewalAnswer> {
  const response = await send(url, {
    method: 'POST',
    credentials: 'include',
    cache: 'no-store',
    // A redirect leads to the sign-in page: no session either.
    redirect: 'manual',
    headers: { 'x-amz-content-sha256': EMPTY_BODY_SHA256 },
  })
  if (response.status === 401 || response.type === 'opaqueredirect') return 'no-session'
  const now = response.ok ? ownerIn(await response.json().catch(() => undefined)) : undefined
  // Renewed for nobody knows whom is not renewed: what is on the page could be saved in another name.
  if (now === undefined) return 'unreachable'
  if (now.saxId !== owner.saxId) return 'someone-else'
  return now.practiceId.toLowerCase() === owner.practiceId.toLowerCase() ? 'renewed' : 'other-practice'
}

/** Whom `{data: {saxId, practiceId}}` names. */
function ownerIn(body: unknown): PageOwner | undefined {
  if (typeof body !== 'object' || body === null || !('data' in body)) return undefined
  const { data } = body
  if (typeof data !== 'object' || data === null || !('saxId' in data) || !('practiceId' in data)) return undefined
  const { saxId, practiceId } = data
  return typeof saxId === 'number' && typeof practiceId === 'string' ? { saxId, practiceId } : undefined
}
