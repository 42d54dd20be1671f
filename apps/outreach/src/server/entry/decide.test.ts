import type { Verification } from '@sax/user-context/verify'
import { describe, expect, test } from 'vitest'
import { type Decision, decide, type Entry, isPublicPath } from './decide.ts'

const hostUrl = 'https://dev.mydreamconnect.com'
const surroundings = { hostUrl, nowSec: 1000, development: false }
const missing: Verification = { kind: 'refused', code: 'missing' }
const expired: Verification = { kind: 'refused', code: 'expired' }
const ok: Verification = {
  kind: 'ok',
  verified: {
    context: {
      saxId: 1386,
      tenantId: '00000000-0000-0000-0000-000000000001',
      practiceId: '00000000-0000-0000-0000-000000000020',
      email: 'a@example.test',
      name: 'A',
      roles: [],
    },
    expiresAtSec: 2000,
    token: 't',
  },
}

const get = (pathname: string, more: Partial<Entry> = {}): Entry => ({
  method: 'GET',
  pathname,
  search: '',
  forwardedHost: 'outreach-dev.mydreamconnect.com',
  isNavigationData: false,
  redirectCookie: undefined,
  ...more,
})
const redirectTo = (location: string, code: 'missing' | 'expired' = 'missing'): Decision => ({
  kind: 'redirect',
  location,
  cookieValue: '1.1000',
  maxAgeSec: 30,
  code,
})

describe('without a verified token', () => {
  test.each<[pathname: string]>([
    ['/outreach'],
    ['/outreach/templates'],
    ['/outreach/templates/new'],
    ['/outreach/anything/added/later'],
    ['/outreach/_next/image'],
    ['/outreach/healthy'],
    ['/outreach/health/x'],
    ['/OUTREACH/templates'],
    ['/'],
  ])('R11: %s is sent to sign-in, whether or not anybody listed it', (pathname) => {
    expect(decide(get(pathname), missing, surroundings)).toEqual(redirectTo(`${hostUrl}${pathname}`))
  })

  test("under the host's name a page goes to the host's sign-in and names the page to come back to", () => {
    const entry = get('/outreach/templates', { search: '?patient=7', forwardedHost: 'dev.mydreamconnect.com' })
    expect(decide(entry, expired, surroundings)).toEqual(
      redirectTo(`${hostUrl}/login?returnTo=%2Foutreach%2Ftemplates%3Fpatient%3D7`, 'expired'),
    )
  })

  test.each([
    ["the zone's own name", 'outreach-dev.mydreamconnect.com'],
    ['no forwarded name', undefined],
    ["a name that only begins like the host's", 'dev.mydreamconnect.com.evil.example'],
  ])("under %s the same page under the host's name comes next", (_why, forwardedHost) => {
    expect(
      decide(get('/outreach/templates', { search: '?category=care', forwardedHost }), missing, surroundings),
    ).toEqual(redirectTo(`${hostUrl}/outreach/templates?category=care`))
  })

  test('no redirect ever leaves for a name the request chose', () => {
    const decision = decide(get('/outreach', { forwardedHost: 'evil.example' }), missing, surroundings)
    expect(decision).toEqual(redirectTo(`${hostUrl}/outreach`))
  })

  test('R8: the fourth redirect in 30 seconds becomes a page that says why', () => {
    expect(
      decide(get('/outreach', { redirectCookie: '3.990' }), { kind: 'refused', code: 'untrusted' }, surroundings),
    ).toEqual({
      kind: 'explain',
      code: 'untrusted',
      signInUrl: `${hostUrl}/login?returnTo=%2Foutreach`,
    })
  })

  test.each<[why: string, entry: Entry]>([
    ['an API path', get('/outreach/api/outreach/templates')],
    ["a fetch of Next's client, which cannot sign in", get('/outreach/templates', { isNavigationData: true })],
    ['a write', get('/outreach/templates', { method: 'POST' })],
  ])('%s is answered 401 and spends no redirect', (_why, entry) => {
    expect(decide(entry, missing, surroundings)).toEqual({ kind: 'unauthorized', code: 'missing' })
  })
})

describe('with a verified token', () => {
  test.each([['/outreach'], ['/outreach/templates/1'], ['/outreach/unknown']])('%s is rendered', (pathname) => {
    expect(decide(get(pathname), ok, surroundings)).toEqual({ kind: 'page' })
  })

  test('pages take no writes', () => {
    expect(decide(get('/outreach/templates', { method: 'POST' }), ok, surroundings)).toEqual({
      kind: 'method-not-allowed',
    })
  })

  test('an API path that was routed here is not found, for the API routes live elsewhere', () => {
    expect(decide(get('/outreach/api/outreach/templates'), ok, surroundings)).toEqual({ kind: 'not-found' })
  })
})

test.each(['/outreach-static', '/outreach-static/logo.png', '/outreach-static/_next/data/x.json'])(
  '%s is a file that is not there, for everybody',
  (pathname) => {
    expect(decide(get(pathname), missing, surroundings)).toEqual({ kind: 'not-found' })
    expect(decide(get(pathname), ok, surroundings)).toEqual({ kind: 'not-found' })
  },
)

test.each<[pathname: string, development: boolean, expected: boolean]>([
  ['/outreach/health', false, true],
  ['/outreach/at-the-start', false, true],
  ['/outreach/at-the-start/x', false, false],
  ['/outreach/_next/data/x/templates.json', false, false],
  ['/outreach-static/_next/static/chunks/a.js', false, true],
  ['/outreach/_next/static/chunks/a.js', false, true],
  ['/outreach-static/_next/staticky/a.js', false, false],
  ['/outreach-static/_next/hmr', false, false],
  ['/outreach-static/_next/hmr', true, true],
  ['/outreach/api/outreach/health', false, false],
])('public path %s (development: %s): %s', (pathname, development, expected) => {
  expect(isPublicPath(pathname, development)).toBe(expected)
})
