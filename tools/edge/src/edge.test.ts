import type { IncomingHttpHeaders } from 'node:http'
import { afterEach, expect, test } from 'vitest'
import { closeAll, type FrontDoor, hashOf, seen, startFrontDoor, startOrigin } from '../test/front-door.ts'

afterEach(closeAll)

interface Echo {
  readonly method: string
  readonly target: string
  readonly headers: IncomingHttpHeaders
}

async function echoing(responseHeaders: Record<string, string | string[]> = {}): Promise<FrontDoor> {
  const origin = await startOrigin((incoming, outgoing) => {
    outgoing.writeHead(200, { 'content-type': 'application/json', ...responseHeaders })
    outgoing.end(JSON.stringify(seen(incoming)))
  })
  return startFrontDoor({
    'sleepconnect-pages': origin,
    'outreach-pages': origin,
    'outreach-api-routes': origin,
    'outreach-assets': origin,
  })
}

async function ask(url: string, init?: RequestInit): Promise<Echo> {
  return (await (await fetch(url, init)).json()) as Echo
}

test('R9: identity headers from outside never reach an origin', async () => {
  const door = await echoing()
  const { headers } = await ask(`${door.url}/outreach/api/outreach/templates`, {
    headers: {
      'X-Tenant-Id': '00000000-0000-0000-0000-000000000002',
      'x-practice-id': '00000000-0000-0000-0000-000000000030',
      'x-coordinator-sax-id': '1',
      'x-user-sax-id': '1',
      'x-sax-id': '1',
      'x-sax-user-context': 'a.b.c',
    },
  })
  expect(Object.keys(headers).filter((name) => /tenant|practice|sax-id/.test(name))).toEqual([])
  expect(headers['x-sax-user-context']).toBe('a.b.c')
})

test('S11: headers of the framework’s inside are dropped on the way in', async () => {
  const door = await echoing()
  const { headers } = await ask(`${door.url}/`, {
    headers: {
      'x-middleware-subrequest': 'middleware:middleware:middleware',
      'x-middleware-rewrite': 'http://evil.example',
      'x-opennext-locale': 'xx',
      'x-invoke-path': '/admin',
      'x-nextjs-rewrite': '1',
    },
  })
  expect(Object.keys(headers).filter((name) => /middleware|opennext|invoke|rewrite/.test(name))).toEqual([])
})

test('S11: internal answers headers are dropped on the way out, cookies of the origin are kept one by one', async () => {
  const door = await echoing({
    'x-middleware-rewrite': 'http://127.0.0.1:3001/outreach',
    'x-middleware-set-cookie': 'a=b',
    'x-powered-by': 'Next.js',
    'x-tenant-id': '1',
    'set-cookie': ['a=1; Expires=Wed, 21 Oct 2026 07:28:00 GMT', 'b=2'],
  })
  const response = await fetch(`${door.url}/`)
  const names = [...response.headers.keys()]
  expect(names.filter((name) => /middleware|powered|server|tenant|hops/.test(name))).toEqual([])
  expect(response.headers.getSetCookie()).toEqual(['a=1; Expires=Wed, 21 Oct 2026 07:28:00 GMT', 'b=2'])
})

test('S15: the forwarded host is the name the viewer asked for, whatever the viewer says', async () => {
  const door = await echoing()
  const { headers } = await ask(`${door.url}/outreach`, {
    headers: {
      'x-forwarded-host': 'evil.example',
      forwarded: 'host=evil.example',
      'x-forwarded-proto': 'https',
      'x-forwarded-port': '1',
    },
  })
  expect(headers['x-forwarded-host']).toBe(`localhost:${door.hostPort}`)
  expect(headers['x-forwarded-proto']).toBe('http')
  expect(headers.forwarded).toBeUndefined()
  expect(headers['x-forwarded-port']).toBeUndefined()
})

test('S15: a Connection header cannot take away what the front door says', async () => {
  const door = await echoing()
  const answer = await door.raw(
    `GET /outreach HTTP/1.1\r\nHost: localhost:${door.hostPort}\r\nUser-Agent: test\r\nConnection: close, X-Forwarded-Host, X-Request-Id, X-Secret\r\nX-Secret: 1\r\n\r\n`,
  )
  const { headers } = JSON.parse(/\{.*\}/s.exec(answer)?.[0] ?? '{}') as Echo
  expect(headers['x-forwarded-host']).toBe(`localhost:${door.hostPort}`)
  expect(headers['x-request-id']).toBe('11111111-2222-4333-8444-555555555555')
  expect(headers['x-secret']).toBeUndefined()
})

test('the viewer’s address is appended to what was forwarded before', async () => {
  const door = await echoing()
  const { headers } = await ask(`${door.url}/`, { headers: { 'x-forwarded-for': '203.0.113.9' } })
  expect(headers['x-forwarded-for']).toBe('203.0.113.9, 127.0.0.1')
})

test('static files are asked for without cookie, token and query', async () => {
  const door = await echoing()
  const echo = await ask(`${door.url}/outreach-static/_next/static/a.js?v=1`, {
    headers: { cookie: '__session=x', authorization: 'Bearer x', 'x-sax-user-context': 'x', 'if-none-match': '"e"' },
  })
  expect(echo.target).toBe('/outreach-static/_next/static/a.js')
  expect(echo.headers.cookie).toBeUndefined()
  expect(echo.headers.authorization).toBeUndefined()
  expect(echo.headers['x-sax-user-context']).toBeUndefined()
  expect(echo.headers['if-none-match']).toBe('"e"')
})

test.each<[target: string]>([
  ['/outreach/api/outreach/%63onversations'],
  ['/outreach/api/outreach%2ftemplates'],
  ['/outreach/api/outreach/x/..%2f..%2fadmin'],
  ['/outreach/api/outreach/%2e%2e/admin'],
  ['/outreach/api/outreach/..;/admin'],
  ['/outreach/api/outreach/templates%5c..'],
  ['/outreach/api/outreach/%2574emplates'],
])('R10: %s reaches nobody', async (target) => {
  let reached = 0
  const origin = await startOrigin((_incoming, outgoing) => {
    reached += 1
    outgoing.end()
  })
  const door = await startFrontDoor({
    'sleepconnect-pages': origin,
    'outreach-pages': origin,
    'outreach-api-routes': origin,
  })
  const answer = await door.raw(
    `GET ${target} HTTP/1.1\r\nHost: localhost:${door.hostPort}\r\nUser-Agent: test\r\nConnection: close\r\n\r\n`,
  )
  expect(answer).toMatch(/^HTTP\/1\.1 400 /)
  expect(answer).toContain('"code":"VALIDATION_ERROR"')
  expect(reached).toBe(0)
})

test('R7: a route that fetches its own public URL is answered 508 before it takes the site down', async () => {
  let calls = 0
  let publicUrl = ''
  const origin = await startOrigin((incoming, outgoing) => {
    calls += 1
    const { 'x-sax-hops': hops } = incoming.headers
    fetch(publicUrl, { headers: { 'x-sax-hops': String(hops) } }).then(
      (response) => outgoing.writeHead(response.status).end(),
      () => outgoing.destroy(),
    )
  })
  const door = await startFrontDoor({ 'outreach-api-routes': origin })
  publicUrl = `${door.url}/outreach/api/outreach/templates`
  expect((await fetch(publicUrl)).status).toBe(508)
  expect(calls).toBe(4)
})

test('R14: an origin that is not set up is refused, never replaced by another', async () => {
  let reached = 0
  const other = await startOrigin((_incoming, outgoing) => {
    reached += 1
    outgoing.end()
  })
  const door = await startFrontDoor({ 'sleepconnect-pages': other, 'outreach-pages': other })
  const response = await fetch(`${door.url}/outreach/api/outreach/templates`)
  expect(response.status).toBe(502)
  expect(await response.json()).toMatchObject({ code: 'UPSTREAM_UNAVAILABLE' })
  expect(reached).toBe(0)
})

test('R14: an origin that is down is refused, and its neighbours keep answering', async () => {
  const up = await startOrigin((_incoming, outgoing) => outgoing.end('up'))
  const down = new URL('http://127.0.0.1:9')
  const door = await startFrontDoor({ 'sleepconnect-pages': up, 'outreach-pages': down, 'outreach-api-routes': down })
  expect(await (await fetch(`${door.url}/`)).text()).toBe('up')
  const api = await fetch(`${door.url}/outreach/api/outreach/templates`, { headers: { accept: 'text/html' } })
  expect(api.status).toBe(502)
  expect(await api.json()).toEqual({
    code: 'UPSTREAM_UNAVAILABLE',
    message: 'Outreach is not answering. Try again in a moment.',
    requestId: '11111111-2222-4333-8444-555555555555',
  })
  const page = await fetch(`${door.url}/outreach`, { headers: { accept: 'text/html' } })
  expect(page.status).toBe(502)
  expect(page.headers.get('cache-control')).toBe('no-store')
  const html = await page.text()
  expect(html).toContain('<h1>Outreach is not answering.</h1>')
  expect(html).toContain('http-equiv="refresh"')
})

test('an origin that takes too long is given up with 504', async () => {
  const origin = await startOrigin(() => undefined)
  const door = await startFrontDoor({ 'outreach-pages': origin, 'outreach-api-routes': origin }, 'edge', 0.1)
  const api = await fetch(`${door.url}/outreach/api/outreach/templates`, {
    method: 'POST',
    body: '{}',
    headers: hashOf('{}'),
  })
  expect(api.status).toBe(504)
  expect(await api.json()).toMatchObject({ message: 'Outreach takes too long to answer. Try again in a moment.' })
})

test.each<[path: string, from: string | undefined, to: string]>([
  ['/api/user-context', undefined, 'private, no-store'],
  ['/api/user-context', 'public, s-maxage=60', 'private, no-store'],
  ['/auth/callback', 'max-age=10', 'private, no-store'],
  ['/outreach/api/outreach/templates', undefined, 'private, no-store'],
  ['/outreach/api/outreach/templates', 'no-store, private', 'no-store, private'],
  ['/outreach', 'private, no-cache', 'private, no-cache'],
])('C8: %s with %s leaves as %s', async (path, from, to) => {
  const door = await echoing(from === undefined ? {} : { 'cache-control': from })
  expect((await fetch(`${door.url}${path}`)).headers.get('cache-control')).toBe(to)
})

test('the zone’s own name leads to the zone alone', async () => {
  const door = await echoing()
  const echo = await ask(`http://localhost:${door.outreachPort}/outreach/templates?q=x`)
  expect(echo.target).toBe('/outreach/templates?q=x')
  expect(echo.headers['x-forwarded-host']).toBe(`localhost:${door.outreachPort}`)
})

test('each request leaves one line, without query, under the id that the viewer is told', async () => {
  const door = await echoing()
  const response = await fetch(`${door.url}/outreach/api/outreach/templates?search=O%27Brien`, {
    headers: { 'x-request-id': 'abcdef12-3456' },
  })
  expect(response.headers.get('x-request-id')).toBe('abcdef12-3456')
  expect(door.logged).toEqual([
    {
      requestId: 'abcdef12-3456',
      method: 'GET',
      path: '/outreach/api/outreach/templates',
      status: 200,
      durationMs: 0,
      behavior: '/outreach/api/*',
      origin: 'outreach-api-routes',
      code: undefined,
    },
  ])
})

test('a redirect of an origin is passed on, not followed', async () => {
  const origin = await startOrigin((_incoming, outgoing) => outgoing.writeHead(302, { location: '/login' }).end())
  const door = await startFrontDoor({ 'outreach-pages': origin })
  const response = await fetch(`${door.url}/outreach`, { redirect: 'manual' })
  expect([response.status, response.headers.get('location')]).toEqual([302, '/login'])
})

test('HEAD is answered with the headers of GET and no body', async () => {
  const door = await echoing({ 'content-length': '7' })
  const response = await fetch(`${door.url}/outreach`, { method: 'HEAD' })
  expect([response.status, response.headers.get('content-length'), await response.text()]).toEqual([200, '7', ''])
})

test("B7: an answer's own policy for what it loads stands; one that has none gets the site's", async () => {
  const own = { 'content-security-policy': "default-src 'none'", 'permissions-policy': 'camera=(self)' }
  const asked = async (door: FrontDoor) => {
    const { headers } = await fetch(`${door.url}/outreach/api/outreach/templates`)
    return [headers.get('content-security-policy'), headers.get('permissions-policy')]
  }
  expect(await asked(await echoing(own))).toEqual(["default-src 'none'", 'camera=(self)'])
  const [loads, may] = await asked(await echoing())
  expect(loads).toMatch(/^default-src 'self'; .*frame-ancestors 'none'$/)
  expect(may).toBe('camera=(), geolocation=(), microphone=(), payment=(), usb=()')
})
