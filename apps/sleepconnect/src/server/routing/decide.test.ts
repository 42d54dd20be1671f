import { outreach } from '@sax/topology'
import { expect, test } from 'vitest'
import { type Decision, decide, type RequestFacts } from './decide.ts'
import { placeOf } from './places.ts'

const get = (pathname: string, facts: Partial<RequestFacts> = {}): Decision =>
  decide(placeOf(pathname), {
    method: 'GET',
    pathname,
    search: '',
    hops: null,
    contentLength: null,
    isRscRequest: false,
    session: 'none',
    holdsToken: false,
    ...facts,
  })

const carried = (token: 'session' | 'client' | 'none', hops = 1) => ({ kind: 'carry', zone: outreach, token, hops })

test.each<[what: string, path: string, facts: Partial<RequestFacts>, expected: object]>([
  ['a page with a session', '/patients', { session: 'usable' }, { kind: 'own' }],
  ['a page without one', '/patients', {}, { kind: 'redirect', path: '/login?returnTo=%2Fpatients' }],
  [
    'a page with a token only',
    '/patients',
    { holdsToken: true },
    { kind: 'redirect', path: '/login?returnTo=%2Fpatients' },
  ],
  ['an unknown page without a session', '/nowhere', {}, { kind: 'redirect', path: '/login?returnTo=%2Fnowhere' }],
  ['the data of a page without a session', '/patients', { isRscRequest: true }, { kind: 'refuse', status: 401 }],
  [
    'the data of a zone page with neither',
    '/outreach/_next/data/b/templates.json',
    {},
    { kind: 'refuse', status: 401 },
  ],
  [
    'the data of a zone page with a session',
    '/outreach/_next/data/b/templates.json',
    { session: 'usable' },
    carried('session'),
  ],
  ['the data of a page with a session', '/patients', { isRscRequest: true, session: 'usable' }, { kind: 'own' }],
  ['sign-in', '/login', {}, { kind: 'own' }],
  ['the way back from the identity provider', '/auth/callback', {}, { kind: 'sdk' }],
  ['a hashed file', '/_next/static/a.js', {}, { kind: 'static' }],
  ['health', '/api/health', {}, { kind: 'own' }],
  ['an API route with a session', '/api/practice', { session: 'usable' }, { kind: 'own' }],
  ['an API route without one', '/api/practice', {}, { kind: 'refuse', status: 401, code: 'UNAUTHORIZED' }],
  ['an API route of an unusable account', '/api/practice', { session: 'unusable' }, { kind: 'refuse', status: 401 }],
  ['a zone page with a session', '/outreach/templates', { session: 'usable' }, carried('session')],
  [
    'a zone page with a session and a token',
    '/outreach/templates',
    { session: 'usable', holdsToken: true },
    carried('session'),
  ],
  ['a zone page with a token', '/outreach/templates', { holdsToken: true }, carried('client')],
  [
    'a zone page with neither',
    '/outreach/templates',
    { search: '?patient=1' },
    { kind: 'redirect', path: '/login?returnTo=%2Foutreach%2Ftemplates%3Fpatient%3D1' },
  ],
  ['a zone API call with a session', '/outreach/api/outreach/templates', { session: 'usable' }, carried('session')],
  ['a zone API call with a token', '/outreach/api/outreach/templates', { holdsToken: true }, carried('client')],
  ['a zone API call with neither', '/outreach/api/outreach/templates', {}, carried('none')],
  [
    'a zone API call of an unusable account',
    '/outreach/api/outreach/templates',
    { session: 'unusable' },
    carried('none'),
  ],
  ['a zone file', '/outreach-static/_next/static/a.js', { session: 'usable' }, carried('none')],
  ['zone health', '/outreach/health', {}, carried('none')],
])('%s', (_what, path, facts, expected) => {
  expect(get(path, facts)).toMatchObject(expected)
})

test('R8: an account that can never be used is told so and not sent to sign in again', () => {
  const toProblem = { kind: 'redirect', path: '/sign-in-problem?reason=unusable_account' }
  expect(get('/patients', { session: 'unusable' })).toEqual(toProblem)
  expect(get('/outreach/templates', { session: 'unusable' })).toEqual(toProblem)
  expect(get('/sign-in-problem', { session: 'unusable' })).toEqual({ kind: 'own' })
})

test('R11: a page nobody declared is refused without a session', () => {
  for (const path of ['/debug', '/patients/export', '/admin/anything', '/_next/image', '/auth/profile']) {
    expect(get(path), path).toMatchObject({ kind: 'redirect' })
  }
})

test.each(['HEAD', 'POST', 'DELETE'])('%s signs nobody out', (method) => {
  expect(get('/auth/logout', { method })).toMatchObject({ kind: 'refuse', status: 405 })
})

test.each(['/OUTREACH/api/outreach/templates', '/Outreach', '/OUTREACH-static/x'])(
  '%s is an unknown page of the host and never the zone',
  (path) => {
    expect(get(path, { session: 'usable' })).toEqual({ kind: 'own' })
    expect(get(path, { holdsToken: true })).toMatchObject({ kind: 'redirect' })
  },
)

test('R10: an ambiguous path is refused, signed in or not', () => {
  for (const session of ['usable', 'none'] as const) {
    expect(get('/outreach/api/outreach/%74emplates', { session })).toMatchObject({ kind: 'refuse', status: 400 })
  }
})

test('R7: a request that comes round for the fifth time is stopped', () => {
  expect(get('/outreach/health', { hops: '3' })).toEqual(carried('none', 4))
  expect(get('/outreach/health', { hops: '4' })).toMatchObject({ kind: 'refuse', status: 508 })
  expect(get('/outreach/health', { hops: '99' })).toMatchObject({ kind: 'refuse', status: 508 })
})

test('a hop counter that is no number counts as none', () => {
  for (const hops of ['', 'x', '-1', '1e3', '1,2'])
    expect(get('/outreach/health', { hops })).toEqual(carried('none', 1))
})

test('C3: a body that no function would take is refused with its reason', () => {
  expect(get('/outreach/api/outreach/templates', { method: 'POST', contentLength: '5242880' })).toMatchObject({
    kind: 'carry',
  })
  expect(get('/outreach/api/outreach/templates', { method: 'POST', contentLength: '5242881' })).toMatchObject({
    kind: 'refuse',
    status: 413,
  })
})

test("the mark of Next's own data requests does not come back from sign-in", () => {
  expect(get('/patients', { search: '?_rsc=1x2y' })).toEqual({ kind: 'redirect', path: '/login?returnTo=%2Fpatients' })
  expect(get('/patients', { search: '?a=1&_rsc' })).toEqual({
    kind: 'redirect',
    path: '/login?returnTo=%2Fpatients%3Fa%3D1',
  })
})
