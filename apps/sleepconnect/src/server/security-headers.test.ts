import { expect, test } from 'vitest'
import { contentSecurityPolicy, securityHeaders } from './security-headers.ts'

test('B7: nothing is loaded from another origin', () => {
  const policy = contentSecurityPolicy('abc', false)
  expect(policy).toContain("default-src 'self'")
  expect(policy).toContain("script-src 'self' 'nonce-abc';")
  expect(policy).not.toMatch(/https?:|\*|unsafe-eval|script-src[^;]*unsafe-inline/)
})

test('the page may not be framed, kept, or named to other sites', () => {
  expect(securityHeaders('abc', false)).toMatchObject({
    'cache-control': 'private, no-store',
    'referrer-policy': 'same-origin',
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
  })
  expect(contentSecurityPolicy('abc', false)).toContain("frame-ancestors 'none'")
})
