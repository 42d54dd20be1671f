import { expect, test } from 'vitest'
import { requestRenewal } from './request-renewal.ts'
import type { RenewalAnswer } from './session-renewal.ts'

test.each<[status: number, answer: RenewalAnswer]>([
  [204, 'renewed'],
  [200, 'renewed'],
  [401, 'no-session'],
  [403, 'unreachable'],
  [502, 'unreachable'],
])('%i from the host means %s', async (status, answer) => {
  expect(await requestRenewal('/renew', async () => new Response(null, { status }))).toBe(answer)
})

test('a redirect, which leads to the sign-in page, means that there is no session', async () => {
  const redirect = Object.defineProperty(new Response(null, { status: 200 }), 'type', { value: 'opaqueredirect' })
  Object.defineProperty(redirect, 'ok', { value: false })
  expect(await requestRenewal('/renew', async () => redirect)).toBe('no-session')
})

test('it is a POST with cookies and the hash of an empty body, and follows no redirect', async () => {
  const sent: RequestInit[] = []
  await requestRenewal('/renew', async (_url, init) => {
    sent.push(init ?? {})
    return new Response(null, { status: 204 })
  })
  expect(sent).toEqual([
    {
      method: 'POST',
      credentials: 'include',
      cache: 'no-store',
      redirect: 'manual',
      headers: { 'x-amz-content-sha256': 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855' },
    },
  ])
})
