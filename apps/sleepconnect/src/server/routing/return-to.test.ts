import { expect, test } from 'vitest'
import { parseReturnTo } from './return-to.ts'

test.each<[why: string, given: string | null, path: string]>([
  ['nothing asked', null, '/'],
  ['an empty answer', '', '/'],
  ['home', '/', '/'],
  ['a page of the host', '/patients', '/patients'],
  [
    'a page of a zone with its query',
    '/outreach/templates?patient=10000000-0000-4000-8000-000000000016',
    '/outreach/templates?patient=10000000-0000-4000-8000-000000000016',
  ],
  [
    'a query that holds an address',
    '/outreach/templates?next=https://evil.example/',
    '/outreach/templates?next=https://evil.example/',
  ],
  [
    'an encoded blank in a query',
    '/outreach/templates?search=O%27Brien%20Jos%C3%A9',
    '/outreach/templates?search=O%27Brien%20Jos%C3%A9',
  ],
  ['the page that ends a second sign-in', '/session-renewed', '/session-renewed'],
])('%s is where sign-in ends', (_why, given, path) => {
  expect(parseReturnTo(given)).toEqual({ kind: 'path', path })
})

test.each<[why: string, given: string]>([
  ['another site', 'https://evil.example/'],
  ['another site without a scheme', '//evil.example'],
  ['three slashes', '///evil.example'],
  ['a backslash a browser reads as a slash', '/\\evil.example'],
  ['two backslashes', '\\\\evil.example'],
  ['a backslash further on', '/patients\\..\\evil'],
  ['a scheme with one colon', 'https:evil.example'],
  ['a script', 'javascript:alert(1)'],
  ['data', 'data:text/html,hi'],
  ['a scheme hidden by a tab', '/\t/evil.example'],
  ['a scheme hidden by a line break', '/\n/evil.example'],
  ['a leading blank', ' //evil.example'],
  ['a NUL', '/\u0000/evil.example'],
  ['a header of its own', '/patients\r\nset-cookie: a=b'],
  ['an encoded second slash', '/%2fevil.example'],
  ['an encoded backslash', '/%5cevil.example'],
  ['a twice encoded second slash', '/%252fevil.example'],
  ['an encoded tab between the slashes', '/%09/evil.example'],
  ['an encoding that is broken', '/%zz'],
  ['a name without a slash', 'patients'],
  ['a name before an at sign', '@evil.example'],
  ['sign-in itself', '/login?returnTo=/login'],
  ['the SDK', '/auth/logout'],
  ['the API', '/api/user-context'],
  ['more than the cookie can keep', `/${'a'.repeat(1500)}`],
])('%s is refused', (_why, given) => {
  expect(parseReturnTo(given)).toEqual({ kind: 'refused' })
})
