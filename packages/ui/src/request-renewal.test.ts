import { expect, test } from 'vitest'
import { requestRenewal } from './request-renewal.ts'
import type { RenewalAnswer } from './session-renewal.ts'

const owner = { saxId: 1386, practiceId: '00000000-0000-0000-0000-0000000000ab' }
const session = (saxId: unknown, practiceId: unknown) => () => Response.json({ data: { saxId, practiceId } })
const status = (code: number) => () => new Response(null, { status: code })

test.each<[what: string, answer: () => Response, meaning: RenewalAnswer]>([
  ['the same person in the same practice', session(1386, '00000000-0000-0000-0000-0000000000AB'), 'renewed'],
  ['S5: another person', session(1387, '00000000-0000-0000-0000-0000000000ab'), 'someone-else'],
  ['another practice', session(1386, '00000000-0000-0000-0000-0000000000ac'), 'other-practice'],
  ['a person and no practice', session(1386, undefined), 'unreachable'],
  ['an id that is no number', session('1386', '00000000-0000-0000-0000-0000000000ab'), 'unreachable'],
  ['a success that names nobody', status(204), 'unreachable'],
  ["somebody else's page", () => new Response('<h1>Hello</h1>'), 'unreachable'],
  ['401', status(401), 'no-session'],
  ['403', status(403), 'unreachable'],
  ['502', status(502), 'unreachable'],
])('%s, heard from the host', async (_what, answer, meaning) => {
  expect(await requestRenewal('/renew', owner, async () => answer())).toBe(meaning)
})

test('a redirect, which leads to the sign-in page, means that there is no session', async () => {
  const redirect = Object.defineProperty(new Response(null, { status: 200 }), 'type', { value: 'opaqueredirect' })
  Object.defineProperty(redirect, 'ok', { value: false })
  expect(await requestRenewal('/renew', owner, async () => redirect)).toBe('no-session')
})

test('it is a POST with cookies and the hash of an empty body, and follows no redirect', async () => {
  const sent: RequestInit[] = []
  await requestRenewal('/renew', owner, async (_url, init) => {
    sent.push(init ?? {})
    return new Response(null, { status: 401 })
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
