import { API_CONTRACT_VERSION, type Health, healthOne } from '@sax/api-contract'
import { outreach } from '@sax/topology'
import { USER_CONTEXT_VERSION } from '@sax/user-context'

/** Whether this process answers. Public, so it says nothing about anybody and asks nothing of other parts. */
export function healthAnswer(method: string, release: string): Response {
  if (method !== 'GET' && method !== 'HEAD') return new Response(null, { status: 405, headers: { allow: 'GET, HEAD' } })
  const health: Health = {
    status: 'ok',
    part: outreach.name,
    release,
    contracts: { api: API_CONTRACT_VERSION, userContext: USER_CONTEXT_VERSION },
  }
  return Response.json(healthOne.parse({ data: health }), { headers: { 'cache-control': 'no-store' } })
}
