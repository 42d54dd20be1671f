import { expect, test } from 'vitest'
import { contentSecurityPolicy } from './security-headers.ts'

const directives = (development: boolean) =>
  new Map(
    contentSecurityPolicy('n0nce', development)
      .split('; ')
      .map((directive) => [directive.split(' ')[0], directive.split(' ').slice(1).join(' ')] as const),
  )

test.each([
  ['default-src', "'self'"],
  ['script-src', "'self' 'nonce-n0nce' 'strict-dynamic'"],
  ['img-src', "'self' data:"],
  ['connect-src', "'self'"],
  ['frame-ancestors', "'none'"],
  ['base-uri', "'none'"],
])('%s is %s', (name, value) => {
  expect(directives(false).get(name)).toBe(value)
})

test('code is evaluated in development only', () => {
  expect(directives(false).get('script-src')).not.toContain('unsafe-eval')
  expect(directives(true).get('script-src')).toContain('unsafe-eval')
})

test('no origin but the own one is named', () => {
  expect(contentSecurityPolicy('n', false)).not.toMatch(/https?:/)
})
