import { type Health, healthOne } from '@sax/api-contract'
import { outreach } from '@sax/topology'
import { env } from '../../server/env.ts'

export const dynamic = 'force-dynamic'

/** Whether this process answers. Public, so it says nothing about anybody and asks nothing of other parts. */
export function GET(): Response {
  const health: Health = { status: 'ok', part: outreach.name, release: env().RELEASE }
  return Response.json(healthOne.parse({ data: health }), { headers: { 'cache-control': 'no-store' } })
}
