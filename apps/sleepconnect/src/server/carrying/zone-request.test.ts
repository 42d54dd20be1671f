import { expect, test } from 'vitest'
import { zoneAnswerHeaders, zoneRequest } from './zone-request.ts'

const none = new Uint8Array()
const bytes = (text: string) => new TextEncoder().encode(text)

test('what belongs to one connection, to Lambda or to the framework’s inside is not carried on', () => {
  const carried = zoneRequest(
    'GET',
    {
      connection: 'keep-alive, X-Named',
      'x-named': 'a',
      'keep-alive': '1',
      'transfer-encoding': 'chunked',
      te: 'trailers',
      upgrade: 'h2c',
      expect: '100-continue',
      host: 'evil.example',
      'content-length': '7',
      via: 'x',
      'X-Amz-Cf-Id': 'x',
      'x-amzn-trace-id': 'x',
      'x-middleware-subrequest': 'x',
      'x-opennext-initial-url': 'x',
      'set-cookie': 'a=b',
      'x-request-id': 'r',
      cookie: 'a=1; b=2',
      'accept-encoding': 'br',
    },
    none,
  )
  expect(carried?.headers).toEqual({ 'x-request-id': 'r', cookie: 'a=1; b=2', 'accept-encoding': 'br' })
})

test('a write says its length and the hash of its body, whatever the browser said of them', () => {
  const carried = zoneRequest('POST', { 'x-amz-content-sha256': 'wrong', 'content-length': '1' }, bytes('abc'))
  expect(carried?.headers).toEqual({
    'content-length': '3',
    // FIPS 180-2, appendix B.1
    'x-amz-content-sha256': 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
  })
})

test('a write without a body is framed as one, too', () => {
  expect(zoneRequest('DELETE', {}, none)?.headers).toEqual({
    'content-length': '0',
    'x-amz-content-sha256': 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  })
})

test.each(['CONNECT', 'TRACE', 'PROPFIND', 'get', ''])('the method %j is not carried', (method) => {
  expect(zoneRequest(method, {}, none)).toBeUndefined()
})

test.each<[method: string, body: string, repeatable: boolean]>([
  ['GET', '', true],
  ['HEAD', '', true],
  ['OPTIONS', '', true],
  ['GET', 'a', false],
  ['POST', '', false],
  ['PUT', 'a', false],
  ['PATCH', 'a', false],
  ['DELETE', '', false],
])('%s with body %j may be asked twice: %s', (method, body, repeatable) => {
  expect(zoneRequest(method, {}, bytes(body))?.repeatable).toBe(repeatable)
})

test('S11: an answer brings back no frame and nothing internal', () => {
  expect(
    zoneAnswerHeaders({
      connection: 'close, x-once',
      'x-once': '1',
      'transfer-encoding': 'chunked',
      'content-length': '3',
      'x-amz-cf-pop': 'x',
      'x-cache': 'Miss',
      via: 'x',
      'x-middleware-rewrite': 'http://internal',
      'set-cookie': ['a=1', 'b=2'],
      'cache-control': 'private, no-store',
      'content-encoding': 'br',
      location: 'https://elsewhere.example/',
    }),
  ).toEqual({
    'set-cookie': ['a=1', 'b=2'],
    'cache-control': 'private, no-store',
    'content-encoding': 'br',
    location: 'https://elsewhere.example/',
  })
})
