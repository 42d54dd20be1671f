import { runInNewContext } from 'node:vm'
import { describe, expect, test } from 'vitest'
import { MAX_FUNCTION_BYTES, viewerRequestFunction, viewerResponseFunction } from './viewer-functions.ts'
import { zones } from './zones.ts'

interface Value {
  readonly value: string
}

interface Outcome {
  readonly statusCode?: number
  readonly headers: Readonly<Record<string, Value>>
  readonly body?: { readonly data: string }
}

const requestFunction = viewerRequestFunction(zones)
const responseFunction = viewerResponseFunction(zones)

function run(source: string, event: object): Outcome {
  const text = `${source};JSON.stringify(handler(${JSON.stringify(event)}))`
  return JSON.parse(String(runInNewContext(text))) as Outcome
}

const values = (headers: Readonly<Record<string, string>>) =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, { value }]))

const ask = (uri: string, headers: Readonly<Record<string, string>> = {}): Outcome =>
  run(requestFunction, {
    version: '1.0',
    context: { eventType: 'viewer-request', requestId: 'Abc_def-123==' },
    viewer: { ip: '192.0.2.1' },
    request: { method: 'GET', uri, querystring: {}, headers: values({ host: 'site.test', ...headers }), cookies: {} },
  })

const answer = (uri: string, headers: Readonly<Record<string, string>>): Outcome =>
  run(responseFunction, {
    request: { uri, headers: values({ 'x-request-id': 'req-12345678' }) },
    response: { statusCode: 200, headers: values(headers) },
  })

test('both functions fit into what CloudFront takes', () => {
  for (const source of [requestFunction, responseFunction]) {
    expect(Buffer.byteLength(source)).toBeLessThanOrEqual(MAX_FUNCTION_BYTES)
  }
})

test('S15: the forwarded host is the name asked for, whatever the viewer claims', () => {
  expect(ask('/', { 'x-forwarded-host': 'evil.test' }).headers['x-forwarded-host']).toEqual({ value: 'site.test' })
  expect(ask('/').headers['x-forwarded-host']).toEqual({ value: 'site.test' })
})

test.each(['x-tenant-id', 'x-sax-id', 'x-middleware-subrequest', 'x-invoke-path', 'forwarded', 'x-forwarded-port'])(
  'S11, R9: %s from outside is dropped',
  (name) => {
    expect(ask('/', { [name]: 'forged' }).headers).not.toHaveProperty(name)
  },
)

test('what the application needs stays', () => {
  const kept = { rsc: '1', 'x-sax-user-context': 'a.b.c', 'x-amz-content-sha256': 'e3', 'content-type': 'text/plain' }
  expect(ask('/', kept).headers).toMatchObject(values(kept))
})

test('a request keeps a well-formed id and is given one otherwise', () => {
  expect(ask('/', { 'x-request-id': 'given-12345' }).headers['x-request-id']).toEqual({ value: 'given-12345' })
  expect(ask('/', { 'x-request-id': 'x\ny' }).headers['x-request-id']).toEqual({ value: 'Abcdef-123' })
})

test('R7: a request that comes round for the fifth time is answered 508', () => {
  expect(ask('/').headers['x-sax-hops']).toEqual({ value: '1' })
  expect(ask('/', { 'x-sax-hops': '3' }).headers['x-sax-hops']).toEqual({ value: '4' })
  expect(ask('/', { 'x-sax-hops': '4' }).statusCode).toBe(508)
  expect(ask('/', { 'x-sax-hops': '-9' }).headers['x-sax-hops']).toEqual({ value: '1' })
})

test.each(['/outreach/api/outreach/%74emplates', '/a//b', '/a/../b', '/a%2fb', '/a;b', '/a%zz', '/a%ff'])(
  'R10: %s is answered 400',
  (uri) => {
    expect(ask(uri).statusCode).toBe(400)
  },
)

test.each(['/Outreach', '/OUTREACH/api/outreach/templates', '/outreach-STATIC/a.js'])('%s is answered 404', (uri) => {
  expect(ask(uri).statusCode).toBe(404)
})

// The bare asset prefix is no path of the zone in any case.
test.each(['/', '/outreach', '/outreach/templates', '/outreachers', '/Patients', '/Outreach-Static'])(
  '%s is let through',
  (uri) => {
    expect(ask(uri).statusCode).toBeUndefined()
  },
)

describe('a refusal', () => {
  test('is the error shape for programs, and quotes nothing of the request', () => {
    const { body, headers } = ask('/a//secret', { accept: 'application/json' })
    expect(JSON.parse(body?.data ?? '')).toEqual({
      code: 'VALIDATION_ERROR',
      message: 'This address can be read in more than one way.',
      requestId: 'Abcdef-123',
    })
    expect(headers['cache-control']).toEqual({ value: 'no-store' })
  })

  test('is a page for people', () => {
    const { body, headers } = ask('/Outreach', { accept: 'text/html' })
    expect(headers['content-type']).toEqual({ value: 'text/html; charset=utf-8' })
    expect(headers['content-security-policy']?.value).toContain("default-src 'none'")
    expect(body?.data).toContain('There is nothing at this address.')
    expect(body?.data).toContain('Reference Abcdef-123')
    expect(body?.data).not.toMatch(/\{TITLE\}|REQUEST-ID/)
  })

  test('is never a page where an API is asked', () => {
    const { headers } = ask('/outreach/api/outreach/%74emplates', { accept: 'text/html' })
    expect(headers['content-type']).toEqual({ value: 'application/json' })
  })
})

test("S11: headers of the framework's inside do not leave the site", () => {
  const { headers } = answer('/outreach', { 'x-middleware-rewrite': 'http://inside', 'content-type': 'text/html' })
  expect(Object.keys(headers).sort()).toEqual(['content-type', 'x-request-id'])
})

test.each(['/api/user-context', '/auth/logout', '/outreach/api/outreach/templates'])(
  'C8: %s is never stored, whatever the origin says',
  (uri) => {
    expect(answer(uri, { 'cache-control': 's-maxage=31536000' }).headers['cache-control']).toEqual({
      value: 'private, no-store',
    })
    expect(answer(uri, {}).headers['cache-control']).toEqual({ value: 'private, no-store' })
    expect(answer(uri, { 'cache-control': 'No-Store' }).headers['cache-control']).toEqual({ value: 'No-Store' })
  },
)

test('a file keeps the lifetime its origin gives it', () => {
  expect(answer('/outreach-static/a.js', { 'cache-control': 'max-age=9' }).headers['cache-control']).toEqual({
    value: 'max-age=9',
  })
})
