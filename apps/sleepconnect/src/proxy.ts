import type { NextRequest } from 'next/server'
import { createHostProxy } from './server/host-proxy.ts'
import { theSite } from './server/site.ts'

/**
 * Every request of the host passes here: there is no matcher, so a page added tomorrow needs a session today.
 * Pages check again when they render.
 */
export function proxy(request: NextRequest): Promise<Response> {
  return createHostProxy(theSite())(request)
}
