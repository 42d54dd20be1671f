import { expect, test } from 'vitest'
import { carriedHeaders, cleanHeaders, requestIdOf } from './request-headers.ts'

const given = () =>
  new Headers({
    accept: 'text/html',
    authorization: 'Bearer forged',
    cookie:
      'theme=dark; x-sax-user-context=forged; X-SAX-User-Context=also; __session=abc; __session__0=d; __txn_x=e; lang=en',
    'x-sax-user-context': 'forged',
    'x-tenant-id': '00000000-0000-0000-0000-000000000002',
    'x-practice-id': 'p',
    'x-sax-id': '1',
    'x-user-sax-id': '1',
    'x-coordinator-sax-id': '1',
    'x-middleware-rewrite': 'http://elsewhere.example',
    'x-middleware-subrequest': 'src/proxy',
    'x-amz-content-sha256': 'abc123',
    'x-forwarded-host': 'localhost:8080',
  })

test('a carried request holds one token, the one that was decided on, and none of the host’s cookies', () => {
  const headers = carriedHeaders(given(), 'req-12345678', 2, 'minted')
  expect(headers.get('x-sax-user-context')).toBe('minted')
  expect(headers.get('cookie')).toBe('theme=dark; lang=en')
  expect(headers.has('authorization')).toBe(false)
})

test('a carried request without a token holds none', () => {
  const headers = carriedHeaders(given(), 'req-12345678', 1, undefined)
  expect([...headers.values()].join(' ')).not.toMatch(/forged|also/)
  expect(headers.has('x-sax-user-context')).toBe(false)
})

test('R9: nobody says for which tenant they ask', () => {
  const headers = carriedHeaders(given(), 'req-12345678', 1, 'minted')
  for (const name of ['x-tenant-id', 'x-practice-id', 'x-sax-id', 'x-user-sax-id', 'x-coordinator-sax-id']) {
    expect(headers.has(name), name).toBe(false)
  }
})

test('S11: internal headers from outside go no further', () => {
  const headers = cleanHeaders(given(), 'req-12345678')
  expect([...headers.keys()].filter((name) => name.startsWith('x-middleware-'))).toEqual([])
})

test('what a write needs at the next origin, its hop count and its id go along', () => {
  const headers = carriedHeaders(given(), 'req-12345678', 2, 'minted')
  expect(headers.get('x-amz-content-sha256')).toBe('abc123')
  expect(headers.get('x-sax-hops')).toBe('2')
  expect(headers.get('x-request-id')).toBe('req-12345678')
  expect(headers.get('accept')).toBe('text/html')
})

test('the only cookie being a token, no cookie header is left', () => {
  const headers = carriedHeaders(new Headers({ cookie: 'x-sax-user-context=a' }), 'req-12345678', 1, undefined)
  expect(headers.has('cookie')).toBe(false)
})

test.each<[given: string | null, id: string]>([
  ['0f8fad5b-d9cb-469f-a165-70867728950e', '0f8fad5b-d9cb-469f-a165-70867728950e'],
  ['short', 'new-id-1'],
  [null, 'new-id-1'],
  ['<script>alert(1)</script>', 'new-id-1'],
  ['a'.repeat(65), 'new-id-1'],
])('the request id %s becomes %s', (value, id) => {
  expect(requestIdOf(new Headers(value === null ? {} : { 'x-request-id': value }), () => 'new-id-1')).toBe(id)
})
