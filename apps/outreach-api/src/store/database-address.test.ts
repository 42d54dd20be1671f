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

test('a caller may say how long a statement may take', () => {
  const url = 'postgresql://app_user@127.0.0.1:5432/outreach'
  const timeouts = ({ statement_timeout, idle_in_transaction_session_timeout }: ReturnType<typeof poolConfigOf>) => [
    statement_timeout,
    idle_in_transaction_session_timeout,
  ]
  expect(timeouts(poolConfigOf({ kind: 'url', url }))).toEqual([5_000, 15_000])
  expect(timeouts(poolConfigOf({ kind: 'url', url }, 60_000))).toEqual([60_000, 180_000])
})
