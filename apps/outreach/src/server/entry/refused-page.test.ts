import { expect, test } from 'vitest'
import { refusedPage } from './refused-page.ts'

const page = refusedPage({
  code: 'untrusted',
  signInUrl: 'https://dev.mydreamconnect.com/login?returnTo="><script>alert(1)</script>',
  requestId: 'req-<b>1</b>',
  nonce: 'abc',
})

test('R8: the page names the reason, the request and a way to sign in again', () => {
  expect(page).toContain('<dd>untrusted</dd>')
  expect(page).toContain('Sign in again')
  expect(page).toContain('Outreach cannot confirm that your sign-in comes from SleepConnect.')
})

test('nothing a request chose becomes markup', () => {
  expect(page).not.toContain('<script>')
  expect(page).not.toContain('<b>1</b>')
})

test('the page needs neither scripts nor files', () => {
  expect(page).not.toMatch(/<script|<link|src=/)
})
