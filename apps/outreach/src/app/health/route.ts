import { API_CONTRACT_VERSION, type Health, healthOne } from '@sax/api-contract'
import { outreach } from '@sax/topology'
import { USER_CONTEXT_VERSION } from '@sax/user-context'
import { env } from '../../server/env.ts'

export const dynamic = 'force-dynamic'

/** Whether this process answers. Public, so it says nothing about anybody and asks nothing of other parts. */
export function GET(): Response {
  const health: Health = {
    status: 'ok',
    part: outreach.name,
    release: env().RELEASE,
    contracts: { api: API_CONTRACT_VERSION, userContext: USER_CONTEXT_VERSION },
  }
  return Response.json(healthOne.parse({ data: health }), { headers: { 'cache-control': 'no-store' } })
}
