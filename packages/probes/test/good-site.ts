import type {
  Answer,
  Ask,
  BucketAnswer,
  CallReport,
  HttpAnswer,
  HttpQuestion,
  LogLine,
  TlsAnswer,
  WrittenStart,
} from '../src/question.ts'
import type { SiteFacts } from '../src/site-facts.ts'
import type { StageFacts } from '../src/stage-facts.ts'

export const facts: SiteFacts = {
  routing: 'host',
  hostUrl: 'http://site.test:8080',
  outreachUrl: 'http://site.test:8081',
  people: {
    first: { saxId: 1386, tenantId: 'tenant-1', practiceId: 'practice-20', markers: ['Dana', 'Harbor'] },
    second: { saxId: 2401, tenantId: 'tenant-2', practiceId: 'practice-30', markers: ['Luis', 'Puget'] },
  },
  routes: [
    { zone: 'sleepconnect', kind: 'page', method: 'GET', pattern: '/patients', path: '/patients', auth: 'user' },
    {
      zone: 'sleepconnect',
      kind: 'api',
      method: 'POST',
      pattern: '/api/practice',
      path: '/api/practice',
      auth: 'user',
    },
    { zone: 'sleepconnect', kind: 'page', method: 'GET', pattern: '/login', path: '/login', auth: 'public' },
    {
      zone: 'outreach',
      kind: 'page',
      method: 'GET',
      pattern: '/outreach/templates',
      path: '/outreach/templates',
      auth: 'user',
    },
  ],
  knownTemplate: 'Welcome Message',
}

export const stageFacts: StageFacts = {
  ...facts,
  silentServices: ['edge'],
  tlsNames: ['site.test'],
  certificateDays: 30,
  otherDoors: [{ door: 'old.site.test', zone: 'outreach' }],
  functionUrls: ['sleep-connect-server', 'outreach-server'],
  buckets: ['outreach'],
  expected: {
    'sleep-connect-server': 'r1',
    'outreach-server': 'r1',
    'outreach-api-routes': 'r1',
    'outreach-api': 'r1',
  },
  awaited: ['sleep-connect-server', 'outreach-server'],
  objectives: { coldStartMs: 3000, warmMs: 500 },
}

const NO_STORE = { 'cache-control': 'private, no-store', 'x-content-type-options': 'nosniff' }
const PAGE = {
  ...NO_STORE,
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy': "default-src 'self'; frame-ancestors 'none'",
  'referrer-policy': 'same-origin',
}
const REQUEST_ID = '11111111-1111-4111-8111-111111111111'
/** Of requests to the zone's own name. */
const STANDALONE_ID = '22222222-2222-4222-8222-222222222222'

interface Reply {
  readonly status: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
}

function answer({ status, headers = {}, body = '' }: Reply, requestId: string): HttpAnswer {
  return {
    kind: 'http',
    status,
    headers: { 'x-request-id': requestId, ...headers },
    body,
    bodyBytes: Buffer.byteLength(body),
    requestId,
    elapsedMs: 1,
  }
}

const json = (status: number, body: unknown): Reply => ({
  status,
  headers: { ...NO_STORE, 'content-type': 'application/json' },
  body: JSON.stringify(body),
})
const refusal = (status: number, code: string, message = 'No.') =>
  json(status, { code, message, requestId: REQUEST_ID })
const redirect = (location: string): Reply => ({ status: 302, headers: { ...NO_STORE, location } })

/** Hops of the template list in host routing, as a good site logs them. */
const lines: readonly LogLine[] = [
  ...['edge', 'sleepconnect', 'edge', 'outreach-api-routes', 'outreach-api'].map((service) => ({
    service,
    message: 'request',
    fields: { requestId: REQUEST_ID, status: 200, durationMs: 2, path: '/outreach/api/outreach/templates' },
  })),
  { service: 'outreach-api-routes', message: '[TEMPLATES API] START', fields: { requestId: REQUEST_ID } },
  {
    service: 'outreach-api-routes',
    message: '[TEMPLATES API] Calling Lambda',
    fields: { requestId: REQUEST_ID, tenant: 'tenant-1', practice: 'practice-20', saxId: 1386 },
  },
]

/** The same at the zone's own name: the host and its way through the front door are not among them. */
const linesOfStandalone: readonly LogLine[] = lines
  .filter((_, index) => index !== 1 && index !== 2)
  .map((line) => ({ ...line, fields: { ...line.fields, requestId: STANDALONE_ID } }))

/** A change to one answer of the good site. */
export type Fault = (question: HttpQuestion, good: Reply) => Reply | undefined

export interface SiteOptions {
  readonly fault?: Fault
  readonly logs?: readonly LogLine[] | 'unavailable'
  readonly sessions?: boolean
  /** Changes of the good stage's handshake and calls. */
  readonly tls?: Partial<TlsAnswer>
  readonly calls?: readonly CallReport[]
  readonly bucket?: Partial<BucketAnswer>
  /** What releases wrote down. */
  readonly starts?: readonly WrittenStart[] | 'unavailable'
}

const goodHandshake: TlsAnswer = {
  kind: 'tls',
  protocol: 'TLSv1.3',
  distrust: undefined,
  daysLeft: 200,
  oldAccepted: [],
}

export const goodCalls: readonly CallReport[] = [
  { role: 'outreach-server', status: 'success', durationMs: 900, initMs: 800 },
  { role: 'outreach-server', status: 'success', durationMs: 20, initMs: undefined },
]

/** Of the function that nobody has made start for an hour. */
export const goodStarts: readonly WrittenStart[] = [
  { role: 'sleep-connect-server', initMs: 900, of: 'deploy of r1 at 2026-01-01T00:00:00.000Z' },
]

export const goodLines = lines

/** A site that keeps every promise, but for `fault`. */
export function site({
  fault,
  logs = lines,
  sessions = true,
  tls,
  calls = goodCalls,
  bucket,
  starts = goodStarts,
}: SiteOptions = {}): Ask {
  return async (question): Promise<Answer> => {
    if (question.kind === 'tls') return { ...goodHandshake, ...tls }
    if (question.kind === 'bucket') return { kind: 'bucket', blocksPublic: true, directStatus: 403, ...bucket }
    if (question.kind === 'calls') return { kind: 'calls', calls }
    if (question.kind === 'starts') {
      return starts === 'unavailable' ? { kind: 'unavailable', why: 'no records here' } : { kind: 'starts', starts }
    }
    if (question.kind === 'logs') {
      const standalone = question.requestId === STANDALONE_ID
      const edgeOnly = logs === lines && standalone ? linesOfStandalone : logs
      return edgeOnly === 'unavailable'
        ? { kind: 'unavailable', why: 'no logs here' }
        : { kind: 'logs', lines: edgeOnly }
    }
    if (!sessions && question.carries?.some(({ kind }) => kind === 'session')) {
      return { kind: 'unavailable', why: 'nobody signed in' }
    }
    const good = reply(question)
    return answer(fault?.(question, good) ?? good, question.door === 'outreach' ? STANDALONE_ID : REQUEST_ID)
  }
}

function reply(question: HttpQuestion): Reply {
  const { door, path, headers = {}, method = 'GET' } = question
  if (headers.host !== undefined) return { status: 403 }
  if (headers['x-filler'] !== undefined) return { status: 431 }
  if (path.length > 8192) return { status: 414 }
  if (headers['x-sax-hops'] !== undefined) return refusal(508, 'INTERNAL_ERROR')
  const who = identity(question)
  if (door === 'backend' && path !== '/outreach/health') return backend(question, who)
  if (door.startsWith('function-url:')) return { status: 403 }
  const [pathname = '', query = ''] = path.split('?')
  if (/^\/OUTREACH/.test(pathname)) return { status: 404 }
  if (pathname === '/api/health' || pathname === '/outreach/health' || pathname === '/outreach/api/outreach/health') {
    return json(200, {
      data: {
        status: 'ok',
        part: pathname === '/api/health' ? 'sleepconnect' : 'outreach',
        release: 'r1',
        contracts: { api: 1, userContext: 1 },
      },
    })
  }
  if (pathname.startsWith('/outreach-static/') || pathname.startsWith('/_next/')) return file(pathname)
  if (pathname.startsWith('/outreach/api/outreach/')) return api(pathname, query, who)
  if (pathname.startsWith('/api/')) return who ? json(404, {}) : refusal(401, 'UNAUTHORIZED')
  if (pathname === '/login' || pathname.startsWith('/auth/logout') || pathname === '/auth/callback') {
    return redirect('http://identity.test/')
  }
  if (
    !/^\/(?:patients|a-page-nobody-declared|outreach|outreach\/a-page-nobody-declared|outreach\/templates|outreach\/_next\/data\/build-1\/\w+\.json|auth\/\w[\w-]*)$/.test(
      pathname,
    )
  )
    return { status: 400 }
  if (who === undefined) {
    const back = new URLSearchParams({ returnTo: path })
    return redirect(door === 'host' ? `${facts.hostUrl}/login?${back}` : facts.hostUrl + path)
  }
  return method === 'GET' ? page(who, headers) : { status: 405 }
}

function identity({ carries = [] }: HttpQuestion): 'first' | 'second' | undefined {
  const good = carries.find((one) => one.kind === 'session' || one.flaw === undefined)
  if (good === undefined) return undefined
  return good.of === 'second' ? 'second' : 'first'
}

function api(pathname: string, query: string, who: 'first' | 'second' | undefined): Reply {
  if (who === undefined) return refusal(401, 'UNAUTHORIZED')
  if (!/\/(?:templates|patients|practices)$/.test(pathname)) return refusal(404, 'NOT_FOUND')
  const person = facts.people[who]
  const row = (id: string) => ({
    id,
    tenantId: person.tenantId,
    practiceId: person.practiceId,
    name: id === 't1' ? 'Welcome Message' : `Reminder ${id}`,
  })
  const offset = Number(new URLSearchParams(query).get('offset') ?? 0)
  const rows = ['t1', 't2', 't3', 't4'].map(row)
  const data = query.includes('limit=2') ? rows.slice(offset, offset + 2) : rows
  return json(200, { data, pagination: { total: 4, limit: 50, offset, hasMore: false } })
}

function backend({ headers = {} }: HttpQuestion, who: 'first' | 'second' | undefined): Reply {
  if (!/^tenant-\d$/.test(headers['x-tenant-id'] ?? '')) {
    return refusal(400, 'VALIDATION_ERROR', 'Invalid or missing tenant_id')
  }
  if (who === undefined) return refusal(401, 'UNAUTHORIZED')
  const own: readonly string[] = ['tenant-1', 'practice-20', '1386']
  if (Object.values(headers).some((value) => !own.includes(value))) return refusal(403, 'CONTEXT_MISMATCH')
  return api('/templates', '', who)
}

function page(who: 'first' | 'second', headers: Readonly<Record<string, string>>): Reply {
  const markers = facts.people[who].markers.join(' ')
  if (headers['x-nextjs-data'] !== undefined) return json(200, { pageProps: markers })
  const head =
    '<title data-next-head="">Templates</title><link rel="stylesheet" href="/outreach-static/_next/static/chunks/a1.css">'
  const script = '<script src="/outreach-static/_next/static/chunks/b2.js"></script>'
  const data = '<script type="application/json">{"buildId":"build-1"}</script>'
  const body = `<html>${head}${data}<main>${markers}<a href="/outreach/templates">x</a></main>${script}${' '.repeat(2000)}</html>`
  return { status: 200, headers: PAGE, body }
}

function file(pathname: string): Reply {
  const types: Readonly<Record<string, string>> = { css: 'text/css', js: 'application/javascript', woff2: 'font/woff2' }
  const type = types[pathname.split('.').at(-1) ?? '']
  if (pathname.includes('0000000000000000') || type === undefined) return { status: 404 }
  const body = type === 'text/css' ? '@font-face{src:url(../media/c3.woff2)}' : 'x'
  return {
    status: 200,
    headers: { 'content-type': type, 'cache-control': 'public, max-age=31536000, immutable' },
    body,
  }
}
