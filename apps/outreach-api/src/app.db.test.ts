import { readdirSync } from 'node:fs'
import { type Endpoint, endpoints, errorBody } from '@sax/api-contract'
import { createMinter } from '@sax/user-context/mint'
import { describe, expect, test } from 'vitest'
import { SECRET, who, zoneHeaders } from '../test/api.ts'
import { sampleApi } from '../test/sample-api.ts'
import { migrations } from '../test/test-database.ts'

const site = sampleApi()
const tenant = '00000000-0000-0000-0000-000000000001'
const anId = '20000000-0000-4000-8000-000000000001'
const declaredEndpoints = Object.entries<Endpoint>(endpoints)
const concrete = (path: string) => `/outreach${path.replace('{id}', anId)}`
const mint = (ttlSec: number, secret = SECRET, nowSec = Date.now() / 1000) =>
  createMinter({ secret, nowSec: () => nowSec })(who.coordinator, ttlSec).then(({ token }) => token)

test('the routes are the endpoints of the contract, health and the description, and no other', () => {
  const routes = new Set(
    site.api.app.routes.filter(({ method }) => method !== 'ALL').map(({ method, path }) => `${method} ${path}`),
  )
  const declared = declaredEndpoints.map(
    ({ 1: { method, path } }) => `${method} /outreach${path.replace('{id}', ':id')}`,
  )
  expect([...routes].sort()).toEqual([...declared, 'GET /health', 'GET /openapi.json'].sort())
})

describe.each(declaredEndpoints)('%s', (_, { method, path, auth }) => {
  test(`S10: its auth class is ${auth}`, async () => {
    const anonymous = await site.api.plain(concrete(path), { method, headers: { 'x-tenant-id': tenant } })
    expect(anonymous.status).toBe(auth === 'public' ? 200 : 401)
    if (auth === 'user') expect(anonymous.body).toMatchObject({ code: 'UNAUTHORIZED' })
  })

  if (auth === 'user') {
    test('R2: a request that came around the zone is told so, whatever else it lacks', async () => {
      for (const headers of [{}, { 'x-tenant-id': 'undefined' }, { authorization: `Bearer ${await mint(60)}` }]) {
        const answer = await site.api.plain(concrete(path), { method, headers })
        expect(answer.status).toBe(400)
        expect(answer.body).toMatchObject({ code: 'VALIDATION_ERROR', message: 'Invalid or missing tenant_id' })
      }
    })

    test('C1: every answer is private and not stored', async () => {
      const answer = await site.api.as(who.coordinator, path.replace('{id}', anId), { method })
      expect(answer.headers.get('cache-control')).toBe('private, no-store')
    })
  }
})

describe('tokens', () => {
  const ask = async (token: string, headers: Record<string, string> = {}) =>
    site.api.plain('/outreach/templates', { headers: { ...zoneHeaders(who.coordinator, token), ...headers } })

  test('a token of the current secret is accepted', async () => {
    expect((await ask(await mint(60))).status).toBe(200)
  })

  const unsigned = `${btoa('{"alg":"none"}')}.${btoa('{"sax_id":1386}')}.`.replaceAll('=', '')
  test.each<[string, () => Promise<string> | string]>([
    ['S2: plain JSON', () => btoa('{"sax_id":1386}')],
    ['S2: an unsigned token', () => unsigned],
    ['S4: a token that somebody else signed', () => mint(60, 'another-secret-0123456789-0123456789')],
    ['an expired token', () => mint(60, SECRET, Date.now() / 1000 - 3600)],
    ['a truncated token', async () => (await mint(60)).slice(0, -5)],
    ['an edited token', async () => (await mint(60)).replace(/\.[^.]+\./, (part) => `${part.slice(0, -3)}AA.`)],
  ])('%s is answered 401 in the one error shape', async (_, token) => {
    const answer = await ask(await token())
    expect(answer.status).toBe(401)
    expect(errorBody.parse(answer.body).code).toBe('UNAUTHORIZED')
    expect(answer.headers.get('www-authenticate')).toBe('Bearer')
  })

  test('S14: a bad header does not hide a good cookie', async () => {
    const answer = await ask('garbage', { cookie: `x-sax-user-context=${await mint(60)}` })
    expect(answer.status).toBe(200)
  })

  test.each([
    ['x-tenant-id', '00000000-0000-0000-0000-000000000002'],
    ['x-practice-id', '00000000-0000-0000-0000-000000000021'],
    ['x-sax-id', '1387'],
    ['x-user-sax-id', '1387'],
    ['x-coordinator-sax-id', '1387'],
  ])('R9: %s that contradicts the token is answered 403', async (name, value) => {
    const answer = await ask(await mint(60), { [name]: value })
    expect(answer.status).toBe(403)
    expect(answer.body.code).toBe('CONTEXT_MISMATCH')
  })
})

describe('errors', () => {
  const post = (body: string, headers: Record<string, string> = {}) =>
    site.api.as(who.coordinator, '/templates', { method: 'POST', body, headers })

  test.each<[string, () => ReturnType<typeof post>, number, string]>([
    ['an unknown path', () => site.api.as(who.coordinator, '/nothing'), 404, 'NOT_FOUND'],
    ['an unknown path outside', () => site.api.plain('/nothing'), 404, 'NOT_FOUND'],
    ['a method nobody declared', () => site.api.as(who.coordinator, '/templates', { method: 'PUT' }), 404, 'NOT_FOUND'],
    ['an id that is none', () => site.api.as(who.coordinator, '/patients/%00'), 404, 'NOT_FOUND'],
    ['malformed JSON', () => post('{"name":'), 400, 'VALIDATION_ERROR'],
    ['a body of another type', () => post('a=b', { 'content-type': 'text/plain' }), 415, 'VALIDATION_ERROR'],
    ['a body over 64 KiB', () => post(JSON.stringify({ name: 'x'.repeat(70_000) })), 413, 'VALIDATION_ERROR'],
    ['a missing field', () => post('{}'), 400, 'VALIDATION_ERROR'],
    [
      'a page size of a million',
      () => site.api.as(who.coordinator, '/patients?limit=1000000'),
      400,
      'VALIDATION_ERROR',
    ],
    ['a NUL in a search', () => site.api.as(who.coordinator, '/patients?search=%00'), 400, 'VALIDATION_ERROR'],
  ])('A8: %s is answered in the one error shape', async (_, ask, status, code) => {
    const answer = await ask()
    expect(answer.status).toBe(status)
    expect(errorBody.strict().parse(answer.body).code).toBe(code)
    expect(answer.body.requestId).toBe(answer.headers.get('x-request-id'))
  })

  test('a validation error names the fields', async () => {
    const answer = await post(JSON.stringify({ name: ' ', category: 'general', scope: 'everyone', content: 'x' }))
    expect(Object.keys(answer.body.details.fields).sort()).toEqual(['name', 'scope'])
  })

  test('C3: the largest page fits well into a function answer of 6 MB', async () => {
    const answer = await site.api.as(who.administrator, '/patients?limit=200')
    expect(answer.body.data).toHaveLength(200)
    expect(answer.text.length).toBeLessThan(200_000)
  })
})

describe('request ids', () => {
  test('a well-formed one is kept and logged', async () => {
    const answer = await site.api.as(who.coordinator, '/templates', { headers: { 'x-request-id': 'abcDEF-12345' } })
    expect(answer.headers.get('x-request-id')).toBe('abcDEF-12345')
    const line = site.api.logs.map((text) => JSON.parse(text)).find(({ requestId }) => requestId === 'abcDEF-12345')
    expect(line).toMatchObject({
      message: 'request',
      method: 'GET',
      path: '/outreach/templates',
      status: 200,
      saxId: 1386,
    })
  })

  test.each(['short', 'x'.repeat(65), 'has space in it', 'new_line_underscore'])('%j is replaced', async (given) => {
    const answer = await site.api.as(who.coordinator, '/templates', { headers: { 'x-request-id': given } })
    expect(answer.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/)
  })
})

test('the description is OpenAPI 3.1 and names every endpoint with its security', async () => {
  const { status, body } = await site.api.plain('/openapi.json')
  expect(status).toBe(200)
  expect(body.openapi).toBe('3.1.0')
  for (const [name, { method, path, auth }] of declaredEndpoints) {
    const operation = body.paths[`/outreach${path}`][method.toLowerCase()]
    expect(operation.operationId).toBe(name)
    expect(operation.security).toEqual(auth === 'public' ? [] : [{ userContext: [] }])
  }
})

test.each(['/health', '/outreach/health'])('%s needs nobody and says that the database answers', async (path) => {
  const { status, body } = await site.api.plain(path)
  expect(status).toBe(200)
  expect(body.data).toEqual({
    status: 'ok',
    part: 'outreach-api',
    release: 'test',
    contracts: { api: 1, userContext: 1 },
    dependencies: { postgres: 'ok' },
    migration: readdirSync(migrations).sort().at(-1),
  })
})
