import { REQUEST_ID_HEADER } from '@sax/topology'
import type { MiddlewareHandler } from 'hono'
import type { ApiEnv, AppDeps } from './api-env.ts'

const WELL_FORMED = /^[A-Za-z0-9-]{8,64}$/

/** Gives the request its id, writes the hop's one line, and marks every answer as one person's own. */
export function requestLine({ logger, newId, nowMs }: AppDeps): MiddlewareHandler<ApiEnv> {
  return async (c, next) => {
    const startedMs = nowMs()
    const given = c.req.header(REQUEST_ID_HEADER)
    const requestId = given && WELL_FORMED.test(given) ? given : newId()
    c.set('requestId', requestId)
    await next()
    // Not by c.header: on a finished answer it makes a new one each time, and turns the text into a stream for it.
    const { headers } = c.res
    headers.set(REQUEST_ID_HEADER, requestId)
    headers.set('cache-control', 'private, no-store')
    headers.set('x-content-type-options', 'nosniff')
    const viewer = c.get('viewer') as ApiEnv['Variables']['viewer'] | undefined
    logger.info('request', {
      requestId,
      method: c.req.method,
      path: c.req.path,
      status: c.res.status,
      durationMs: Math.round(nowMs() - startedMs),
      tenant: viewer?.tenantId,
      practice: viewer?.practiceId,
      saxId: viewer?.saxId,
    })
  }
}
