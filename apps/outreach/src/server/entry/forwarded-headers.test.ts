import { expect, test } from 'vitest'
import { withoutForgeableHeaders } from './forwarded-headers.ts'

test.each([
  'x-tenant-id',
  'x-practice-id',
  'x-coordinator-sax-id',
  'x-user-sax-id',
  'x-sax-id',
  'x-middleware-subrequest',
  'x-opennext-version',
  'x-invoke-path',
  'x-nextjs-rewrite',
  'x-sax-hops',
  'x-nonce',
  'content-security-policy',
])('%s from outside does not reach a page', (name) => {
  expect(withoutForgeableHeaders(new Headers({ [name]: 'x' })).has(name)).toBe(false)
})

test.each(['x-sax-user-context', 'cookie', 'authorization', 'x-request-id', 'rsc', 'next-router-state-tree'])(
  '%s reaches the pages, which judge it themselves',
  (name) => {
    expect(withoutForgeableHeaders(new Headers({ [name]: 'x' })).get(name)).toBe('x')
  },
)

test('the given headers are left as they were', () => {
  const given = new Headers({ 'x-tenant-id': 'x' })
  withoutForgeableHeaders(given)
  expect(given.get('x-tenant-id')).toBe('x')
})
