import { expect, test } from 'vitest'
import { poolConfigOf } from './database-address.ts'

test('through a proxy nothing is said that it refuses, and nobody is trusted unseen', () => {
  const password = async () => 'a token'
  const address = { host: 'proxy.test', port: 5432, database: 'outreach', user: 'app_user', password }
  expect(poolConfigOf({ kind: 'proxy', ...address })).toEqual({
    ...address,
    ssl: { rejectUnauthorized: true, minVersion: 'TLSv1.2' },
    connectionTimeoutMillis: 5_000,
    idleTimeoutMillis: 600_000,
  })
})
