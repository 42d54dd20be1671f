import type { RenewalAnswer } from './session-renewal.ts'

/** SHA-256 of an empty body: a function behind CloudFront's origin access control refuses a write without it. @source AWS CloudFront Developer Guide, "Restrict access to an AWS Lambda function URL origin" */
const EMPTY_BODY_SHA256 = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'

/** Asks the host to renew the user context of the session that the browser's cookies hold. */
export async function requestRenewal(url: string, send: typeof fetch = fetch): Promise<RenewalAnswer> {
  const response = await send(url, {
    method: 'POST',
    credentials: 'include',
    cache: 'no-store',
    // A redirect leads to the sign-in page: no session either.
    redirect: 'manual',
    headers: { 'x-amz-content-sha256': EMPTY_BODY_SHA256 },
  })
  if (response.ok) return 'renewed'
  return response.status === 401 || response.type === 'opaqueredirect' ? 'no-session' : 'unreachable'
}
