import { type ApiClient, createApiClient } from '@sax/api-contract/client'
import { outreach, REQUEST_ID_HEADER, USER_CONTEXT } from '@sax/topology'
import type { UserContext } from '@sax/user-context'
import type { Site } from './site.ts'

/** A call to another zone is given up after this long, so that a sick zone does not make the host sick. */
const TIMEOUT_MS = 3000

/** Life of a token minted for one call, in seconds. */
const CALL_TTL_SEC = 60

/**
 * The Outreach API as `context` sees it, through the zone's own front door. The host does not know the backend.
 */
export async function outreachApi(site: Site, context: UserContext, requestId: string): Promise<ApiClient> {
  const { token } = await site.mint(context, CALL_TTL_SEC)
  return createApiClient({
    baseUrl: site.env.OUTREACH_APP_URL + outreach.apiPath,
    fetch: (input, init) => fetch(input, { ...init, signal: AbortSignal.timeout(TIMEOUT_MS), redirect: 'error' }),
    headers: () => ({ [USER_CONTEXT]: token, [REQUEST_ID_HEADER]: requestId }),
  })
}
