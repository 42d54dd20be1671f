import { generateSessionCookie } from '@auth0/nextjs-auth0/testing'
import { createMinter } from '@sax/user-context/mint'
import { createVerifier } from '@sax/user-context/verify'
import { NextRequest, type NextResponse } from 'next/server'
import { expect, test } from 'vitest'
import { parseEnv } from './env.ts'
import { createHostProxy } from './host-proxy.ts'
import { createSite } from './site.ts'

const CLIENT_SECRET = 'client-secret-client-secret-client-secret'
const SESSION_SECRET = 'session-secret-session-secret-session-1'

const settings = {
  STAGE: 'local',
  RELEASE: 'r1',
  LOG_LEVEL: 'error',
  AUTH0_DOMAIN: 'https://tenant.example.test',
  AUTH0_CLIENT_ID: 'client',
  AUTH0_CLIENT_SECRET: CLIENT_SECRET,
  AUTH0_SECRET: SESSION_SECRET,
  APP_BASE_URL: 'https://host.example.test',
  OUTREACH_APP_URL: 'https://zone.example.test',
  USER_CONTEXT_TTL_SEC: '900',
}
const proxy = createHostProxy(createSite(parseEnv(settings)))
const verify = createVerifier({ secrets: { current: CLIENT_SECRET }, nowSec: () => Date.now() / 1000 })

const dana = {
  sub: 'auth0|1',
  sax_id: 1386,
  tenant_id: '00000000-0000-0000-0000-000000000001',
  practice_id: '00000000-0000-0000-0000-000000000020',
  name: 'Dana Whitfield',
  email: 'dana@northshore.example.test',
  roles: ['coordinator'],
}

async function sessionOf(user: Record<string, unknown> & { sub: string }, ageSec = 0): Promise<string> {
  const createdAt = Math.floor(Date.now() / 1000) - ageSec
  const data = { user, tokenSet: { accessToken: '', expiresAt: 0 }, internal: { sid: 's', createdAt } }
  return `__session=${await generateSessionCookie(data, { secret: SESSION_SECRET })}`
}

async function tokenOf(saxId: number, secret = CLIENT_SECRET): Promise<string> {
  const mint = createMinter({ secret, nowSec: () => Date.now() / 1000 })
  const { tenant_id: tenantId, practice_id: practiceId, name, email } = dana
  return (await mint({ saxId, tenantId, practiceId, name, email, roles: [] }, 60)).token
}

const ask = (path: string, headers: Record<string, string> = {}) =>
  proxy(new NextRequest(`http://127.0.0.1:3000${path}`, { headers }))

/** A header as the next hop receives it. @source next/server: overridden request headers travel in the response */
const passedOn = (response: NextResponse, name: string) =>
  (response.headers.get('x-middleware-override-headers') ?? '').split(',').includes(name)
    ? response.headers.get(`x-middleware-request-${name}`)
    : null

const whoArrives = async (response: NextResponse) => {
  const verification = await verify([passedOn(response, 'x-sax-user-context') ?? ''].filter(Boolean))
  return verification.kind === 'ok' ? verification.verified.context.saxId : verification.code
}

test('a session is carried to the zone as a fresh token, and the path as it came', async () => {
  const response = await ask('/outreach/templates?patient=1&_rsc=', { cookie: await sessionOf(dana) })
  expect(response.headers.get('x-middleware-rewrite')).toBe(
    'https://zone.example.test/outreach/templates?patient=1&_rsc=',
  )
  expect(await whoArrives(response)).toBe(1386)
})

test('a session wins over whatever token the client presents', async () => {
  const foreign = await tokenOf(2401)
  const response = await ask('/outreach/templates', {
    cookie: `${await sessionOf(dana)}; x-sax-user-context=${foreign}`,
    'x-sax-user-context': foreign,
    authorization: `Bearer ${foreign}`,
  })
  expect(await whoArrives(response)).toBe(1386)
  expect(passedOn(response, 'authorization')).toBeNull()
  expect(passedOn(response, 'cookie')).toBeNull()
})

test('without a session the client’s own token is carried unchanged', async () => {
  const own = await tokenOf(1388)
  for (const headers of [{ 'x-sax-user-context': own }, { cookie: `x-sax-user-context=${own}` }]) {
    const response = await ask('/outreach/api/outreach/templates', headers)
    expect(passedOn(response, 'x-sax-user-context')).toBe(own)
  }
})

test('S14: a bad header does not hide a good cookie', async () => {
  const own = await tokenOf(1388)
  const response = await ask('/outreach/templates', {
    'x-sax-user-context': await tokenOf(1388, 'another-secret-another-secret-another-s'),
    authorization: 'Bearer rubbish',
    cookie: `x-sax-user-context=${own}`,
  })
  expect(passedOn(response, 'x-sax-user-context')).toBe(own)
})

test('S1: a token under another secret is not carried anywhere', async () => {
  const forged = await tokenOf(1386, 'another-secret-another-secret-another-s')
  const page = await ask('/outreach/templates', { 'x-sax-user-context': forged })
  expect(page.headers.get('location')).toBe('https://host.example.test/login?returnTo=%2Foutreach%2Ftemplates')
  const call = await ask('/outreach/api/outreach/templates', { 'x-sax-user-context': forged })
  expect(passedOn(call, 'x-sax-user-context')).toBeNull()
})

test('S2: an identity in a plain cookie is no identity', async () => {
  const cookie = `__session=${encodeURIComponent(JSON.stringify({ user: dana }))}; user=dana`
  expect((await ask('/patients', { cookie })).status).toBe(302)
})

test('S15: no forwarded host decides where anything goes', async () => {
  const forged = { 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'gopher', host: 'evil.example' }
  const redirected = await ask('/patients', forged)
  expect(redirected.headers.get('location')).toBe('https://host.example.test/login?returnTo=%2Fpatients')
  const carried = await ask('/outreach/health', forged)
  expect(carried.headers.get('x-middleware-rewrite')).toBe('https://zone.example.test/outreach/health')
})

test('R14: a path with a host name in it stays on the zone’s origin', async () => {
  const response = await ask('/outreach/@evil.example/x', { cookie: await sessionOf(dana) })
  expect(new URL(response.headers.get('x-middleware-rewrite') ?? '').origin).toBe('https://zone.example.test')
})

test('R8: an unusable account ends on one page that explains, with no way back into a loop', async () => {
  const cookie = await sessionOf({ sub: 'auth0|2' })
  const response = await ask('/outreach/templates', { cookie })
  expect(response.headers.get('location')).toBe('https://host.example.test/sign-in-problem?reason=unusable_account')
  expect((await ask('/sign-in-problem?reason=unusable_account', { cookie })).headers.get('location')).toBeNull()
})

test('A5: who may not see a page is turned away before any page is rendered', async () => {
  const response = await ask('/admin/zones')
  expect(response.status).toBe(302)
  expect(response.headers.has('x-middleware-next')).toBe(false)
})

test.each(['/api/health', '/api/practice', '/api/user-context', '/api/nope', '/login', '/patients', '/auth/profile'])(
  'C8: the answer to %s is kept by nobody',
  async (path) => {
    expect((await ask(path)).headers.get('cache-control')).toContain('no-store')
  },
)

test('hashed files keep their own caching and cost no session', async () => {
  const response = await ask('/_next/static/chunks/a.js', { cookie: await sessionOf(dana, 600) })
  expect(response.headers.has('cache-control')).toBe(false)
  expect(response.headers.getSetCookie()).toEqual([])
})

test('the session cookie rolls in use, after five minutes, out of reach of scripts', async () => {
  expect((await ask('/patients', { cookie: await sessionOf(dana, 10) })).headers.getSetCookie()).toEqual([])
  for (const path of ['/patients', '/outreach/templates', '/api/user-context']) {
    const cookies = (await ask(path, { cookie: await sessionOf(dana, 301) })).headers.getSetCookie()
    expect(cookies.filter((cookie) => cookie.startsWith('__session='))).toHaveLength(1)
    expect(cookies.join()).toMatch(/__session=[^;]+; Path=\/; .*Max-Age=7200; .*Secure; HttpOnly; SameSite=lax/i)
  }
})

test('a prefetch is no use', async () => {
  const headers = { cookie: await sessionOf(dana, 301), 'next-router-prefetch': '1' }
  expect((await ask('/patients', headers)).headers.getSetCookie()).toEqual([])
})

test('each page has a nonce of its own, which its renderer is told', async () => {
  const cookie = await sessionOf(dana)
  const [one, two] = [await ask('/patients', { cookie }), await ask('/patients', { cookie })]
  const policy = one.headers.get('content-security-policy')
  expect(passedOn(one, 'content-security-policy')).toBe(policy)
  expect(policy).toContain(`'nonce-${passedOn(one, 'x-nonce')}'`)
  expect(two.headers.get('content-security-policy')).not.toBe(policy)
})

test('signing out while the identity provider is away still forgets the person here', async () => {
  // Nothing listens on port 1 of this machine.
  const alone = createHostProxy(createSite(parseEnv({ ...settings, AUTH0_DOMAIN: 'http://localhost:1' })))
  const headers = { cookie: await sessionOf(dana) }
  const response = await alone(new NextRequest('http://127.0.0.1:3000/auth/logout', { headers }))
  expect(response.headers.get('location')).toBe('https://host.example.test/signed-out')
  const cookies = response.headers.getSetCookie()
  for (const name of ['__session', '__session__0', 'x-sax-user-context']) {
    expect(
      cookies.find((cookie) => cookie.startsWith(`${name}=;`)),
      name,
    ).toMatch(/Max-Age=0/)
  }
})
