import { type Endpoint, type ErrorCode, endpoints, PICTURE_BYTES, takesFile } from '@sax/api-contract'
import { errorFields, type Logger } from '@sax/logging'
import { StoredSecretError } from '@sax/stored-secrets'
import { outreach, REQUEST_ID_HEADER } from '@sax/topology'
import { PAGE_CONTEXT_NAME, pageContext, presentedTokens } from '@sax/user-context'
import type { VerifiedUserContext, Verifier } from '@sax/user-context/verify'
import { type Context, Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { compress } from 'hono/compress'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import { type Backend, backendHeaders } from './backend.ts'
import { healthOf } from './health.ts'
import { type Route, routes } from './routes.ts'
import { wholeFile } from './whole-file.ts'

export interface AppDeps {
  readonly backend: Backend
  /** Base of the backend, without a trailing slash and without `/outreach`. */
  readonly apiBaseUrl: string
  readonly verify: Verifier
  readonly logger: Logger
  readonly newRequestId: () => string
  /** Monotonic milliseconds, for durations. */
  readonly nowMs: () => number
  readonly release: string
}

type App = { Variables: { requestId: string } }

/** Largest body a route accepts that takes no file: a template is at most 1,600 characters, so this is generous. */
const MAX_BODY_BYTES = 256 * 1024

/** Headers of the backend's answers that go on to the client; the second of files alone, which browsers open by themselves. */
const NAMED = ['content-type', 'retry-after', 'idempotency-replayed'] as const
const OF_FILES = ['content-disposition', 'content-security-policy', 'cross-origin-resource-policy'] as const

const WELL_FORMED_REQUEST_ID = /^[A-Za-z0-9-]{8,64}$/

/**
 * The zone's API routes as one `Request -> Response` application: verifies the user context, says who asks in headers
 * of its own, calls the backend. The same application runs as a process on a laptop and as a function on AWS.
 */
export function createApp(deps: AppDeps): Hono<App> {
  const app = new Hono<App>()

  app.use(async (c, next) => {
    const startedMs = deps.nowMs()
    const given = c.req.header(REQUEST_ID_HEADER)
    c.set('requestId', given && WELL_FORMED_REQUEST_ID.test(given) ? given : deps.newRequestId())
    await next()
    c.res.headers.set(REQUEST_ID_HEADER, c.var.requestId)
    c.res.headers.set('cache-control', 'private, no-store')
    c.res.headers.set('x-content-type-options', 'nosniff')
    deps.logger.info('request', {
      requestId: c.var.requestId,
      method: c.req.method,
      path: c.req.path,
      status: c.res.status,
      durationMs: Math.round(deps.nowMs() - startedMs),
    })
  })
  // CloudFront does not compress what it does not cache, so the application does.
  app.use(compress({ threshold: 1024 }))
  const limit = (maxSize: number) =>
    bodyLimit({ maxSize, onError: (c) => refuse(c, 413, 'VALIDATION_ERROR', 'The request body is too large.') })
  const [usual, ofFiles] = [limit(MAX_BODY_BYTES), limit(PICTURE_BYTES)]
  app.use((c, next) => (takesFile(c.req.method, c.req.path.slice(outreach.apiPath.length)) ? ofFiles : usual)(c, next))

  const api = app.basePath(outreach.apiPath)
  for (const route of routes) {
    const endpoint: Endpoint = endpoints[route.endpoint]
    api.on(endpoint.method, honoPath(endpoint.path), (c) => carry(c, route, endpoint, deps))
  }
  api.get(honoPath(endpoints.getHealth.path), (c) => answerHealth(c, deps))

  app.notFound((c) => refuse(c, 404, 'NOT_FOUND', 'There is no such API route.'))
  app.onError((error, c) => {
    if (error instanceof StoredSecretError) {
      deps.logger.error('who asks cannot be verified', { requestId: c.get('requestId'), code: error.code })
      c.header('retry-after', '2')
      return refuse(
        c,
        503,
        'UPSTREAM_UNAVAILABLE',
        'The service is not answering. Try again in a moment; nothing was lost.',
      )
    }
    deps.logger.error('unexpected error', { requestId: c.get('requestId'), ...errorFields(error) })
    return refuse(c, 500, 'INTERNAL_ERROR', 'Something went wrong on our side. Try again; nothing was lost.')
  })
  return app
}

async function carry(
  c: Context<App>,
  route: Route,
  endpoint: Endpoint,
  { backend, apiBaseUrl, verify, logger }: AppDeps,
): Promise<Response> {
  const { requestId } = c.var
  logger.info(`[${route.log}] START`, { requestId, method: endpoint.method, path: endpoint.path })
  let verified: VerifiedUserContext | undefined
  if (endpoint.auth === 'user') {
    const verification = await verify(presentedTokens(c.req.raw.headers))
    if (verification.kind === 'refused') {
      logger.warn(`[${route.log}] refused`, { requestId, code: verification.code })
      return refuse(c, 401, 'UNAUTHORIZED', 'Sign in again to go on.')
    }
    verified = verification.verified
    const madeFor = c.req.header(PAGE_CONTEXT_NAME)
    if (madeFor !== undefined && madeFor !== pageContext(verified.context)) {
      logger.warn(`[${route.log}] refused`, { requestId, code: 'CONTEXT_MISMATCH' })
      return refuse(c, 403, 'CONTEXT_MISMATCH', 'This page was opened by somebody else or in another practice.')
    }
  }
  const writes = endpoint.method !== 'GET'
  if (writes && isCrossSite(c.req.header('sec-fetch-site'))) {
    return refuse(c, 403, 'FORBIDDEN', 'Changes are accepted from pages of this site only.')
  }
  const body = writes ? await c.req.arrayBuffer() : undefined
  logger.info(`[${route.log}] Calling Lambda`, {
    requestId,
    tenant: verified?.context.tenantId,
    practice: verified?.context.practiceId,
    saxId: verified?.context.saxId,
  })
  const ask = endpoint.answers === 'file' ? wholeFile(backend) : backend
  const answer = await ask({
    method: endpoint.method,
    url: backendUrl(apiBaseUrl, c, endpoint),
    headers: backendHeaders(c.req.raw.headers, requestId, verified),
    ...(body && body.byteLength > 0 ? { body: new Uint8Array(body) } : {}),
  })
  if (answer.kind === 'unreachable') {
    logger.error(`[${route.log}] backend unreachable`, { requestId, status: answer.status })
    return refuse(
      c,
      answer.status,
      'UPSTREAM_UNAVAILABLE',
      'The service is not answering. Try again in a moment; nothing was lost.',
    )
  }
  const headers: Record<string, string> = { 'content-length': String(answer.body.byteLength) }
  for (const name of [...NAMED, ...(endpoint.answers === 'file' ? OF_FILES : [])]) {
    const value = answer.headers.get(name)
    if (value !== undefined) headers[name] = value
  }
  if (answer.status === 204) return c.body(null, 204)
  return c.body(answer.body, answer.status as ContentfulStatusCode, headers)
}

async function answerHealth(c: Context<App>, { backend, apiBaseUrl, release, nowMs }: AppDeps): Promise<Response> {
  const startedMs = nowMs()
  const answer = await backend({
    method: 'GET',
    url: backendUrl(apiBaseUrl, c, endpoints.getHealth),
    headers: backendHeaders(c.req.raw.headers, c.var.requestId, undefined),
  })
  return c.json({ data: healthOf(answer, release, Math.round(nowMs() - startedMs)) })
}

function refuse(c: Context, status: ContentfulStatusCode, code: ErrorCode, message: string): Response {
  return c.json({ code, message, requestId: c.get('requestId') ?? '' }, status)
}

/** A browser says where a request comes from; another site's page must not write with a person's cookie. */
function isCrossSite(secFetchSite: string | undefined): boolean {
  return secFetchSite !== undefined && secFetchSite !== 'same-origin' && secFetchSite !== 'none'
}

/**
 * `/outreach/api/outreach/templates?x` on the zone is `/outreach/templates?x` on the backend. The path is written anew
 * from the route that was judged: what the caller spelt goes no further.
 */
function backendUrl(apiBaseUrl: string, c: Context, { path }: Endpoint): string {
  const { search } = new URL(c.req.raw.url)
  return `${apiBaseUrl}${outreach.basePath}${path.replace('{id}', () => c.req.param('id') ?? '')}${search}`
}

/** OpenAPI writes `/templates/{id}`, Hono `/templates/:id`. Ids hold no slash and no dot segments. */
function honoPath(path: string): string {
  return path.replace(/\{(\w+)\}/g, ':$1{[0-9A-Za-z-]+}')
}
