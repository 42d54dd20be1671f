import { API_CONTRACT_VERSION, type Health } from '@sax/api-contract'
import { host } from '@sax/topology'
import { USER_CONTEXT_VERSION } from '@sax/user-context'
import { theSite } from '../../../server/site.ts'

export const dynamic = 'force-dynamic'

/** What this part says of itself. Needs no session and no other part. */
export function GET(): Response {
  const data: Health = {
    status: 'ok',
    part: host.name,
    release: theSite().env.RELEASE,
    contracts: { api: API_CONTRACT_VERSION, userContext: USER_CONTEXT_VERSION },
  }
  return Response.json({ data })
}
