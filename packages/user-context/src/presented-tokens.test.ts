import fc from 'fast-check'
import { expect, test } from 'vitest'
import { presentedTokens, withoutUserContextCookie } from './presented-tokens.ts'

test.each<[why: string, headers: Record<string, string>, tokens: readonly string[]]>([
  ['nothing', {}, []],
  ['a bearer', { authorization: 'Bearer a.b.c' }, ['a.b.c']],
  ['a bearer in lower case', { authorization: 'bearer a.b.c' }, ['a.b.c']],
  ['another scheme', { authorization: 'Basic YTpi' }, []],
  ['a bearer of two words', { authorization: 'Bearer a b' }, []],
  ['the header', { 'x-sax-user-context': ' a.b.c ' }, ['a.b.c']],
  ['the cookie among others', { cookie: '__session=s; x-sax-user-context=a.b.c; theme=dark' }, ['a.b.c']],
  ['a quoted cookie', { cookie: 'x-sax-user-context="a.b.c"' }, ['a.b.c']],
  ['a cookie whose name only begins alike', { cookie: 'x-sax-user-context-old=a; xx-sax-user-context=b' }, []],
  ['empty values', { authorization: 'Bearer ', 'x-sax-user-context': '', cookie: 'x-sax-user-context=' }, []],
  [
    'all three, in the order they are judged',
    { cookie: 'x-sax-user-context=c', 'x-sax-user-context': 'b', authorization: 'Bearer a' },
    ['a', 'b', 'c'],
  ],
  [
    'more than a request may have judged',
    { cookie: Array.from({ length: 9 }, (_, index) => `x-sax-user-context=${index}`).join('; ') },
    ['0', '1', '2', '3'],
  ],
])('%s', (_why, headers, tokens) => {
  expect(presentedTokens(new Headers(headers))).toEqual(tokens)
})

test.each<[cookie: string | null, kept: string | null]>([
  [null, null],
  ['', null],
  ['x-sax-user-context=a', null],
  ['__session=s; x-sax-user-context=a; theme=dark', '__session=s; theme=dark'],
  ['X-SAX-User-Context=a; x-sax-user-context =b;x-sax-user-context=c; theme=dark', 'theme=dark'],
  ['a=b=c; x-sax-user-context-old=1', 'a=b=c; x-sax-user-context-old=1'],
])('of the cookies %j the client keeps %j', (cookie, kept) => {
  expect(withoutUserContextCookie(cookie)).toBe(kept)
})

test('whatever a cookie header holds, no token is left in it once it is cleaned', () => {
  const pair = fc.oneof(
    fc.string({ maxLength: 30 }),
    fc.string({ maxLength: 10 }).map((value) => `x-sax-user-context=${value}`),
  )
  fc.assert(
    fc.property(
      fc.array(pair).map((pairs) => pairs.join(';')),
      (cookie) => {
        const cleaned = withoutUserContextCookie(cookie)
        const headers = { get: (name: string) => (name === 'cookie' ? cleaned : null) }
        expect(presentedTokens(headers)).toEqual([])
      },
    ),
    { numRuns: 1000 },
  )
})
