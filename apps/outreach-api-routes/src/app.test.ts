import { endpoints } from '@sax/api-contract'
import type { LogFields, Logger } from '@sax/logging'
import { createMinter } from '@sax/user-context/mint'
import { createVerifier } from '@sax/user-context/verify'
import { expect, test } from 'vitest'
import { createApp } from './app.ts'
import type { BackendAnswer, BackendRequest } from './backend.ts'
import { routes } from './routes.ts'

const SECRET = 'a-signing-secret-of-at-least-32-bytes!'
const NOON = 1_760_000_000
const TENANT = '00000000-0000-0000-0000-000000000001'
const PRACTICE = '00000000-0000-0000-0000-000000000020'
const base = 'http://zone.test/outreach/api/outreach'

const mint = createMinter({ secret: SECRET, nowSec: () => NOON })
const { token } = await mint(
  {
    saxId: 1386,
    tenantId: TENANT,
    practiceId: PRACTICE,
    email: 'canary@mail.test',
    name: 'Canary Name',
    roles: ['coordinator'],
  },
  900,
)

interface Line {
  readonly message: string
  readonly fields: LogFields
}

function zone(answer: BackendAnswer | (() => Promise<BackendAnswer>) = json(200, { data: [] })) {
  const calls: BackendRequest[] = []
  const lines: Line[] = []
  const write = (message: string, fields: LogFields = {}) => void lines.push({ message, fields })
  const logger: Logger = { debug: write, info: write, warn: write, error: write }
  const app = createApp({
    backend: (request) => {
      calls.push(request)
      return typeof answer === 'function' ? answer() : Promise.resolve(answer)
    },
    apiBaseUrl: 'http://backend.test/dev',
    verify: createVerifier({ secrets: { current: SECRET }, nowSec: () => NOON }),
    logger,
    newRequestId: () => 'made-here-0001',
    nowMs: () => 0,
    release: 'r1',
  })
  const get = (path: string, headers: Record<string, string> = {}) => app.request(`${base}${path}`, { headers })
  return { app, calls, lines, get }
}

function json(status: number, body: unknown): BackendAnswer {
  return {
    kind: 'answered',
    status,
    headers: new Map([['content-type', 'application/json']]),
    body: new TextEncoder().encode(JSON.stringify(body)),
  }
}

test('every endpoint of the contract has exactly one route, and no route is outside the contract', () => {
  const routed = [...routes.map((route) => route.endpoint), 'getHealth'].toSorted()
  expect(routed).toEqual(Object.keys(endpoints).toSorted())
})

test('a signed-in request reaches the backend with headers made from the token', async () => {
  const { get, calls } = zone()
  const response = await get('/templates?limit=5', { cookie: `x-sax-user-context=${token}` })
  expect(response.status).toBe(200)
  expect(calls).toEqual([
    {
      method: 'GET',
      url: 'http://backend.test/dev/outreach/templates?limit=5',
      headers: {
        accept: 'application/json',
        'x-request-id': 'made-here-0001',
        authorization: `Bearer ${token}`,
        'x-tenant-id': TENANT,
        'x-practice-id': PRACTICE,
        'x-coordinator-sax-id': '1386',
        'x-user-sax-id': '1386',
        'x-sax-id': '1386',
      },
    },
  ])
})

test.each([
  ['by somebody else', `1387.${PRACTICE}`],
  ['in another practice', '1386.00000000-0000-0000-0000-000000000021'],
  ['by nobody', ''],
])('S5: a call of a page that was opened %s is refused and reaches nobody', async (_why, madeFor) => {
  const { get, app, calls } = zone()
  const headers = { cookie: `x-sax-user-context=${token}`, 'x-page-context': madeFor }
  for (const response of [
    await get('/templates', headers),
    await app.request(`${base}/templates`, { method: 'POST', headers, body: '{}' }),
  ]) {
    expect(response.status).toBe(403)
    expect(await response.json()).toMatchObject({ code: 'CONTEXT_MISMATCH', requestId: 'made-here-0001' })
  }
  expect(calls).toEqual([])
})

test('a call of a page that was opened by the same person in the same practice goes through', async () => {
  const { get, calls } = zone()
  const headers = { cookie: `x-sax-user-context=${token}`, 'x-page-context': `1386.${PRACTICE}` }
  expect((await get('/templates', headers)).status).toBe(200)
  expect(Object.keys(calls[0]?.headers ?? {})).not.toContain('x-page-context')
})

test("R9: the caller's own identity headers are never forwarded", async () => {
  const { get, calls } = zone()
  await get('/patients', {
    cookie: `x-sax-user-context=${token}`,
    'x-tenant-id': '00000000-0000-0000-0000-000000000002',
    'x-practice-id': '00000000-0000-0000-0000-000000000030',
    'x-sax-id': '1',
    'x-middleware-subrequest': 'proxy',
    cookie2: 'x',
  })
  expect(calls[0]?.headers['x-tenant-id']).toBe(TENANT)
  expect(calls[0]?.headers['x-practice-id']).toBe(PRACTICE)
  expect(calls[0]?.headers['x-sax-id']).toBe('1386')
  expect(Object.keys(calls[0]?.headers ?? {})).not.toContain('x-middleware-subrequest')
  expect(Object.keys(calls[0]?.headers ?? {})).not.toContain('cookie')
})

test('R7: the hop counter goes along, so that a loop through the front door is counted', async () => {
  const { get, calls } = zone()
  await get('/templates', { cookie: `x-sax-user-context=${token}`, 'x-sax-hops': '2' })
  expect(calls[0]?.headers['x-sax-hops']).toBe('2')
})

test.each(routes.map(({ endpoint }) => [endpoint, endpoints[endpoint]] as const))(
  'S10: %s without a session is answered 401 and reaches nobody',
  async (_name, endpoint) => {
    const { app, calls } = zone()
    const path = endpoint.path.replace('{id}', '00000000-0000-4000-8000-000000000000')
    const response = await app.request(`${base}${path}`, { method: endpoint.method })
    expect(response.status).toBe(401)
    expect(await response.json()).toEqual({
      code: 'UNAUTHORIZED',
      message: 'Sign in again to go on.',
      requestId: 'made-here-0001',
    })
    expect(calls).toEqual([])
  },
)

test.each([
  ['a forged signature', `${token.slice(0, -3)}AAA`],
  ['a truncated token', token.slice(0, 40)],
  ['no token at all', ''],
])('%s is answered 401 without a word of the token', async (_why, presented) => {
  const { get, calls, lines } = zone()
  const response = await get('/templates', { 'x-sax-user-context': presented })
  expect(response.status).toBe(401)
  const text = (await response.text()) + JSON.stringify(lines)
  if (presented !== '') expect(text).not.toContain(presented.slice(0, 20))
  expect(calls).toEqual([])
})

test('S14: a bad header does not hide a good cookie', async () => {
  const { get } = zone()
  const response = await get('/templates', {
    'x-sax-user-context': 'rubbish',
    cookie: `a=b; x-sax-user-context=${token}`,
  })
  expect(response.status).toBe(200)
})

test('the log shows START, then Calling Lambda with tenant, practice and saxId under one request id', async () => {
  const { get, lines } = zone()
  await get('/templates', { cookie: `x-sax-user-context=${token}`, 'x-request-id': 'from-the-edge-42' })
  expect(lines.map((line) => line.message)).toEqual([
    '[TEMPLATES API] START',
    '[TEMPLATES API] Calling Lambda',
    'request',
  ])
  expect(new Set(lines.map((line) => line.fields.requestId))).toEqual(new Set(['from-the-edge-42']))
  expect(lines[1]?.fields).toMatchObject({ tenant: TENANT, practice: PRACTICE, saxId: 1386 })
})

test('S9: no name, e-mail, token or query reaches the log', async () => {
  const { get, lines } = zone()
  await get('/patients?search=Canary-Patient', { cookie: `x-sax-user-context=${token}` })
  const logged = JSON.stringify(lines)
  for (const secret of ['Canary', 'canary@mail.test', token.slice(0, 20)]) expect(logged).not.toContain(secret)
})

test.each([
  ['refused', 502],
  ['too slow', 504],
] as const)('a backend that is %s becomes %i UPSTREAM_UNAVAILABLE', async (_why, status) => {
  const { get } = zone({ kind: 'unreachable', status })
  const response = await get('/templates', { cookie: `x-sax-user-context=${token}` })
  expect(response.status).toBe(status)
  expect(await response.json()).toMatchObject({ code: 'UPSTREAM_UNAVAILABLE', requestId: 'made-here-0001' })
})

test("the backend's refusal passes through whole", async () => {
  const body = {
    code: 'VERSION_CONFLICT',
    message: 'x',
    details: { current: { version: 2 } },
    requestId: 'made-here-0001',
  }
  const { get } = zone(json(409, body))
  const response = await get('/templates', { cookie: `x-sax-user-context=${token}` })
  expect(response.status).toBe(409)
  expect(await response.json()).toEqual(body)
})

test('a failure of our own is 500 in the one error shape and quotes nothing', async () => {
  const { get, lines } = zone(() => Promise.reject(new Error('holds Canary data')))
  const response = await get('/templates', { cookie: `x-sax-user-context=${token}` })
  expect(response.status).toBe(500)
  expect((await response.text()) + JSON.stringify(lines)).not.toContain('Canary data')
})

test.each(['/nothing', '/templates/x/y/z', '/templates/..%2f..%2fpatients', '/Templates', ''])(
  'R9: there is no catch-all, %s is 404 and reaches nobody',
  async (path) => {
    const { get, calls } = zone()
    const response = await get(path, { cookie: `x-sax-user-context=${token}` })
    expect(response.status).toBe(404)
    expect(calls).toEqual([])
  },
)

test('a write from another site is refused', async () => {
  const { app, calls } = zone()
  const response = await app.request(`${base}/templates`, {
    method: 'POST',
    headers: {
      cookie: `x-sax-user-context=${token}`,
      'sec-fetch-site': 'cross-site',
      'content-type': 'application/json',
    },
    body: '{}',
  })
  expect(response.status).toBe(403)
  expect(calls).toEqual([])
})

test('a body above 256 KiB is refused with 413', async () => {
  const { app, calls } = zone()
  const response = await app.request(`${base}/templates`, {
    method: 'POST',
    headers: { cookie: `x-sax-user-context=${token}`, 'content-type': 'application/json' },
    body: 'x'.repeat(256 * 1024 + 1),
  })
  expect(response.status).toBe(413)
  expect(calls).toEqual([])
})

test('a picture may be longer than any other body, up to 4 MB, and goes on as it is', async () => {
  const { app, calls } = zone(json(201, {}))
  const send = (bytes: number, path = '/conversations/00000000-0000-4000-8000-000000000000/media') =>
    app.request(`${base}${path}`, {
      method: 'POST',
      headers: { cookie: `x-sax-user-context=${token}`, 'content-type': 'image/png' },
      body: new Uint8Array(bytes).fill(7),
    })
  expect((await send(4 * 1024 * 1024)).status).toBe(201)
  expect(calls[0]?.headers['content-type']).toBe('image/png')
  expect(calls[0]?.body?.length).toBe(4 * 1024 * 1024)
  expect((await send(4 * 1024 * 1024 + 1)).status).toBe(413)
  expect((await send(256 * 1024 + 1, '/conversations/00000000-0000-4000-8000-000000000000/messages')).status).toBe(413)
  expect(calls).toHaveLength(1)
})

test('every answer is private and not stored, and carries the request id', async () => {
  const { get } = zone()
  for (const path of ['/templates', '/health', '/nothing']) {
    const response = await get(path, { 'x-request-id': 'abcdefgh-1' })
    expect(response.headers.get('cache-control')).toBe('private, no-store')
    expect(response.headers.get('x-request-id')).toBe('abcdefgh-1')
  }
})

test('an ill-formed request id is replaced, not echoed', async () => {
  const { get } = zone()
  const response = await get('/health', { 'x-request-id': '<script>alert(1)</script>' })
  expect(response.headers.get('x-request-id')).toBe('made-here-0001')
})

test('health is degraded, not down, while the backend does not answer', async () => {
  const { get } = zone({ kind: 'unreachable', status: 502 })
  const response = await get('/health')
  expect(response.status).toBe(200)
  expect(await response.json()).toEqual({
    data: {
      status: 'degraded',
      part: 'outreach-api-routes',
      release: 'r1',
      contracts: { api: 1, userContext: 1 },
      dependencies: { 'outreach-api': 'unavailable' },
    },
  })
})

test.each(['/outreach/api', '/outreach/api/', '/outreach/api/other', '/elsewhere'])(
  '%s, outside of the routes, is refused in the one shape, with its id, and said in the log',
  async (path) => {
    const { app, calls, lines } = zone()
    const response = await app.request(`http://zone.test${path}`)
    expect(response.status).toBe(404)
    expect(await response.json()).toMatchObject({ code: 'NOT_FOUND', requestId: 'made-here-0001' })
    expect(response.headers.get('x-request-id')).toBe('made-here-0001')
    expect(response.headers.get('cache-control')).toBe('private, no-store')
    expect(lines.map(({ message, fields }) => [message, fields.status])).toEqual([['request', 404]])
    expect(calls).toEqual([])
  },
)

test.each(['/outr%65ach/api/outreach', '/outreach/api/outr%65ach', '/outreach/%61pi/outreach'])(
  'R10: however the base path is spelt (%s), the backend is asked for the route that was judged, or nobody is',
  async (prefix) => {
    const { app, calls } = zone()
    const headers = { cookie: `x-sax-user-context=${token}` }
    await app.request(`http://zone.test${prefix}/templates/abc?limit=5`, { headers })
    expect(calls.map(({ url }) => url)).toEqual(['http://backend.test/dev/outreach/templates/abc?limit=5'])
  },
)

test('of the backend’s headers the client gets what the contract names, and nothing that speaks to browsers', async () => {
  const headers = new Map([
    ['content-type', 'application/json'],
    ['retry-after', '2'],
    ['idempotency-replayed', 'true'],
    ['set-cookie', 'a=b'],
    ['server', 'x'],
    ['cache-control', 'public, max-age=60'],
  ])
  const { get } = zone({ kind: 'answered', status: 503, headers, body: new TextEncoder().encode('{}') })
  const response = await get('/templates', { cookie: `x-sax-user-context=${token}` })
  expect(Object.fromEntries(response.headers)).toEqual({
    'content-type': 'application/json',
    'content-length': '2',
    'retry-after': '2',
    'idempotency-replayed': 'true',
    'cache-control': 'private, no-store',
    'x-content-type-options': 'nosniff',
    'x-request-id': 'made-here-0001',
  })
})

test('a file goes on with what keeps a browser from running it, and with nothing else that speaks to browsers', async () => {
  const headers = new Map([
    ['content-type', 'image/png'],
    ['content-range', 'bytes 0-1/2'],
    ['content-disposition', 'inline; filename="picture.png"'],
    ['content-security-policy', "sandbox; default-src 'none'"],
    ['cross-origin-resource-policy', 'same-origin'],
    ['set-cookie', 'a=b'],
  ])
  const { get, calls } = zone({ kind: 'answered', status: 206, headers, body: Uint8Array.of(1, 2) })
  const id = '00000000-0000-4000-8000-000000000000'
  const response = await get(`/media/${id}`, { cookie: `x-sax-user-context=${token}` })
  expect(calls.map(({ url, headers: sent }) => [url, sent.range])).toEqual([
    [`http://backend.test/dev/outreach/media/${id}`, 'bytes=0-4194303'],
  ])
  expect(response.status).toBe(200)
  expect([...new Uint8Array(await response.arrayBuffer())]).toEqual([1, 2])
  expect(Object.fromEntries(response.headers)).toEqual({
    'content-type': 'image/png',
    'content-length': '2',
    'content-disposition': 'inline; filename="picture.png"',
    'content-security-policy': "sandbox; default-src 'none'",
    'cross-origin-resource-policy': 'same-origin',
    'cache-control': 'private, no-store',
    'x-content-type-options': 'nosniff',
    'x-request-id': 'made-here-0001',
  })
})
