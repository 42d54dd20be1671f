import { expect, test } from 'vitest'
import { eventRequest, eventResponse, functionEvent, type ViewerRequest } from './function-event.ts'
import { requestResult, responseResult, type ValidationFault } from './function-result.ts'

const asked: ViewerRequest = {
  method: 'GET',
  uri: '/outreach/%C3%A9',
  query: 'a=1&b=%20&a=2&__proto__&c=x=y',
  headers: new Headers({
    host: 'dreamconnect.health',
    accept: 'text/html',
    cookie: '__session=abc; theme=dark;a=1',
    'x-forwarded-proto': 'https',
    'x-amz-cf-id': 'of the viewer',
    constructor: 'x',
  }),
}

const sent = eventRequest(asked)
const copy = () => JSON.parse(JSON.stringify(sent)) as Record<string, Record<string, { value: string }>>

test('an event has the documented shape: lower-case names, values undecoded, cookies apart', () => {
  const facts = {
    distribution: { id: 'EDFDVBD6EXAMPLE', domainName: 'd1.cloudfront.net' },
    requestId: 'r',
    ip: '192.0.2.1',
  }
  expect(JSON.parse(JSON.stringify(functionEvent('viewer-request', facts, sent)))).toEqual({
    version: '1.0',
    context: {
      distributionDomainName: 'd1.cloudfront.net',
      distributionId: 'EDFDVBD6EXAMPLE',
      eventType: 'viewer-request',
      requestId: 'r',
    },
    viewer: { ip: '192.0.2.1' },
    request: {
      method: 'GET',
      uri: '/outreach/%C3%A9',
      querystring: JSON.parse(
        '{"a":{"value":"1","multiValue":[{"value":"1"},{"value":"2"}]},"b":{"value":"%20"},"__proto__":{"value":""},"c":{"value":"x=y"}}',
      ),
      headers: { accept: { value: 'text/html' }, constructor: { value: 'x' }, host: { value: 'dreamconnect.health' } },
      cookies: { __session: { value: 'abc' }, theme: { value: 'dark' }, a: { value: '1' } },
    },
  })
})

test('what a function does not touch stays as the viewer wrote it, unseen headers too', () => {
  const result = requestResult(copy(), asked, sent)
  if (result.kind !== 'valid' || result.value.kind !== 'request') throw new Error('no request')
  const { headers, ...rest } = result.value.request
  expect(rest).toEqual({ method: 'GET', uri: asked.uri, query: asked.query })
  expect([...headers]).toEqual([...asked.headers])
})

test('what a function sets and deletes is set and deleted', () => {
  const returned = copy()
  const { headers = {}, querystring = {}, cookies = {} } = returned
  delete headers.accept
  delete cookies.__session
  delete querystring.a
  headers['x-forwarded-host'] = { value: 'dreamconnect.health' }
  const result = requestResult({ ...returned, uri: '/other' }, asked, sent)
  if (result.kind !== 'valid' || result.value.kind !== 'request') throw new Error('no request')
  const { request } = result.value
  expect([request.uri, request.query]).toEqual(['/other', 'b=%20&c=x=y'])
  expect(Object.fromEntries(request.headers)).toEqual({
    constructor: 'x',
    cookie: 'theme=dark; a=1',
    host: 'dreamconnect.health',
    'x-amz-cf-id': 'of the viewer',
    'x-forwarded-host': 'dreamconnect.health',
    'x-forwarded-proto': 'https',
  })
})

const withHeader = (name: string, value: string) => {
  const returned = copy()
  return { ...returned, headers: { ...returned.headers, [name]: { value } } }
}

test.each<[what: string, returned: unknown, fault: ValidationFault]>([
  ['nothing', undefined, 'not_an_object'],
  ['a text', 'request', 'not_an_object'],
  ['no headers', { method: 'GET', uri: '/' }, 'wrong_shape'],
  ['a header that is no object', { ...copy(), headers: { host: 'dreamconnect.health' } }, 'wrong_shape'],
  ['an upper-case header', withHeader('X-Forwarded-Host', 'x'), 'header_not_lower_case'],
  ['x-forwarded-proto', withHeader('x-forwarded-proto', 'https'), 'disallowed_header'],
  ['x-real-ip', withHeader('x-real-ip', '192.0.2.1'), 'disallowed_header'],
  ['x-edge-location', withHeader('x-edge-location', 'x'), 'disallowed_header'],
  ['x-amz-cf-id', withHeader('x-amz-cf-id', 'x'), 'disallowed_header'],
  ['cookie as a header', withHeader('cookie', 'a=1'), 'disallowed_header'],
  ['another host', withHeader('host', 'evil.example'), 'read_only_header'],
  ['via', withHeader('via', '1.1 x'), 'read_only_header'],
  ['content-length', withHeader('content-length', '1'), 'read_only_header'],
  ['no host', { ...copy(), headers: {} }, 'read_only_header'],
  ['a line break in a value', withHeader('x-a', 'b\r\nx-c: d'), 'wrong_shape'],
  ['a name that is none', withHeader('x a', 'b'), 'wrong_shape'],
  ['another method', { ...copy(), method: 'POST' }, 'method_changed'],
  ['a status that is none', { statusCode: 99 }, 'wrong_shape'],
])('a request function that returns %s is refused', (_what, returned, fault) => {
  expect(requestResult(returned, asked, sent)).toEqual({ kind: 'invalid', fault })
})

test('a response that a function made ends the way, cookies and all', () => {
  const returned = {
    statusCode: 302,
    headers: { location: { value: '/login' } },
    cookies: {
      a: {
        value: '1',
        attributes: 'Path=/; Secure',
        multiValue: [{ value: '1', attributes: 'Path=/; Secure' }, { value: '2' }],
      },
    },
    body: { encoding: 'base64', data: 'aGk=' },
  }
  const result = requestResult(returned, asked, sent)
  if (result.kind !== 'valid' || result.value.kind !== 'response') throw new Error('no response')
  const { status, headers, body } = result.value.response
  expect([status, [...headers], Buffer.from(body ?? []).toString()]).toEqual([
    302,
    [
      ['location', '/login'],
      ['set-cookie', 'a=1; Path=/; Secure'],
      ['set-cookie', 'a=2'],
    ],
    'hi',
  ])
})

const answered = eventResponse(
  new Response('body', {
    headers: [
      ['content-type', 'text/plain'],
      ['via', '1.1 origin'],
      ['x-cache', 'of the origin'],
      ['set-cookie', 'a=1; Path=/; Expires=Wed, 21 Oct 2026 07:28:00 GMT'],
      ['set-cookie', 'b=x=y'],
    ],
  }),
)

test('a response event has cookies apart and hides what a function may not set', () => {
  expect(JSON.parse(JSON.stringify(answered))).toEqual({
    statusCode: 200,
    statusDescription: '',
    headers: { 'content-type': { value: 'text/plain' }, via: { value: '1.1 origin' } },
    cookies: { a: { value: '1', attributes: 'Path=/; Expires=Wed, 21 Oct 2026 07:28:00 GMT' }, b: { value: 'x=y' } },
  })
})

test.each<[what: string, headers: Record<string, { value: string }>, fault: ValidationFault]>([
  ['another via', { via: { value: '1.1 mine' } }, 'read_only_header'],
  ['no via', {}, 'read_only_header'],
  ['warning', { ...answered.headers, warning: { value: '199' } }, 'read_only_header'],
  ['x-cache', { ...answered.headers, 'x-cache': { value: 'Hit' } }, 'disallowed_header'],
  ['set-cookie as a header', { ...answered.headers, 'set-cookie': { value: 'a=1' } }, 'disallowed_header'],
])('a response function that returns %s is refused', (_what, headers, fault) => {
  expect(responseResult({ statusCode: 200, headers }, 'viewer-response', answered)).toEqual({ kind: 'invalid', fault })
})

test('a response that a function did not touch keeps its cookies one by one', () => {
  const result = responseResult(JSON.parse(JSON.stringify(answered)), 'viewer-response', answered)
  expect(result.kind === 'valid' && result.value.headers.getSetCookie()).toEqual([
    'a=1; Path=/; Expires=Wed, 21 Oct 2026 07:28:00 GMT',
    'b=x=y',
  ])
})
