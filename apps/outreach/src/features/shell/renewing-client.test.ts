import { ApiError, createApiClient } from '@sax/api-contract/client'
import { expect, test } from 'vitest'
import { renewingClient } from './renewing-client.ts'

const unauthorized = () =>
  Response.json({ code: 'UNAUTHORIZED', message: 'Sign in to go on.', requestId: 'r-1' }, { status: 401 })
const categories = () => Response.json({ data: [], pagination: { total: 0, limit: 50, offset: 0, hasMore: false } })

function staged(answers: (() => Response)[], renewals: boolean[], signIns: boolean[]) {
  const asked: string[] = []
  const api = renewingClient({
    session: {
      renew: async () => {
        asked.push('renew')
        return renewals.shift() ?? false
      },
      expire: async () => {
        asked.push('dialog')
        return signIns.shift() ?? false
      },
    },
    clientWith: (renew) =>
      createApiClient({
        baseUrl: '/api',
        renew,
        fetch: async () => {
          asked.push('call')
          return (answers.shift() ?? unauthorized)()
        },
      }),
  })
  return { asked, call: () => api.call('listTemplateCategories', {}) }
}

test('S5: a session that ran out is renewed silently and the call repeated', async () => {
  const { asked, call } = staged([unauthorized, categories], [true], [])
  expect((await call()).data).toEqual([])
  expect(asked).toEqual(['call', 'renew', 'call'])
})

test('S5: refused after a renewal, the call waits for a new sign-in and goes on by itself', async () => {
  const { asked, call } = staged([unauthorized, unauthorized, categories], [true], [true])
  expect((await call()).data).toEqual([])
  expect(asked).toEqual(['call', 'renew', 'call', 'dialog', 'call'])
})

test.each([
  ['the person does not sign in', [unauthorized, unauthorized], [true], [false], ['call', 'renew', 'call', 'dialog']],
  ['the renewal already asked in vain', [unauthorized], [false], [], ['call', 'renew']],
] as const)('A6: when %s the call fails, and nothing else does', async (_why, answers, renewals, signIns, expected) => {
  const { asked, call } = staged([...answers], [...renewals], [...signIns])
  await expect(call()).rejects.toBeInstanceOf(ApiError)
  expect(asked).toEqual(expected)
})
