import { expect, test } from 'vitest'
import { hostSession, rolledSession } from './host-session.ts'

const data = (user: Record<string, unknown>, rest: Record<string, unknown> = {}) => ({
  user: { sub: 'auth0|1', ...user },
  tokenSet: { accessToken: '', expiresAt: 0 },
  internal: { sid: 's', createdAt: 1000 },
  ...rest,
})

const dana = {
  sax_id: 1386,
  tenant_id: '00000000-0000-0000-0000-000000000001',
  practice_id: '00000000-0000-0000-0000-000000000020',
  name: 'Dana Whitfield',
  email: 'dana@northshore.example.test',
  roles: ['coordinator'],
}

const sdk = { updateSession: async () => undefined }

test('a session is none, usable or unusable', () => {
  expect(hostSession(null, sdk)).toEqual({ kind: 'none' })
  expect(hostSession(data({}), sdk)).toEqual({ kind: 'unusable' })
  expect(hostSession(data(dana), sdk)).toMatchObject({
    kind: 'usable',
    context: { saxId: 1386, roles: ['coordinator'] },
  })
})

test('a session is marked as used every five minutes, not on every answer', () => {
  expect(rolledSession(data(dana), 1299)).toBeUndefined()
  expect(rolledSession(data(dana), 1300)).toMatchObject({ rolledAtSec: 1300 })
  expect(rolledSession(data(dana, { rolledAtSec: 1300 }), 1599)).toBeUndefined()
  expect(rolledSession(data(dana, { rolledAtSec: 1300 }), 1600.7)).toMatchObject({ rolledAtSec: 1600 })
})
