import { expect, test } from 'vitest'
import { readApiEnv, readMigrationEnv, readSampleDataEnv } from './env.ts'

const complete = {
  STAGE: 'local',
  RELEASE: 'r1',
  PORT: '4000',
  DATABASE_URL: 'postgres://app_user:pw@127.0.0.1:54329/outreach',
  AUTH0_CLIENT_SECRET: 'x'.repeat(32),
}

test('a complete environment is read', () => {
  expect(readApiEnv(complete)).toEqual({
    release: 'r1',
    logLevel: 'info',
    port: 4000,
    databaseUrl: 'postgres://app_user:pw@127.0.0.1:54329/outreach',
    secrets: { current: 'x'.repeat(32) },
  })
})

test('the previous secret of a rotation is read too', () => {
  expect(readApiEnv({ ...complete, AUTH0_CLIENT_SECRET_PREVIOUS: 'y'.repeat(32) }).secrets.previous).toBe(
    'y'.repeat(32),
  )
})

test.each([
  ['STAGE', 'moon'],
  ['RELEASE', ''],
  ['PORT', '70000'],
  ['LOG_LEVEL', 'chatty'],
  ['DATABASE_URL', 'https://example.test'],
  ['DATABASE_URL', undefined],
  ['AUTH0_CLIENT_SECRET', 'too-short-to-sign'],
])('D3: %s=%s is refused by name, without its value', (name, value) => {
  const read = () => readApiEnv({ ...complete, [name]: value })
  expect(read).toThrow(new RegExp(`environment refused: ${name}`))
  if (value) expect(read).not.toThrow(value)
})

test('migrating and loading sample data need an administrator', () => {
  expect(() => readMigrationEnv({ APP_USER_PASSWORD: 'long-enough' })).toThrow('DATABASE_ADMIN_URL')
  expect(() => readMigrationEnv({ DATABASE_ADMIN_URL: complete.DATABASE_URL })).toThrow('APP_USER_PASSWORD')
  expect(() => readSampleDataEnv({})).toThrow('DATABASE_ADMIN_URL')
  expect(readSampleDataEnv({ DATABASE_ADMIN_URL: complete.DATABASE_URL }).adminUrl).toBe(complete.DATABASE_URL)
  expect(
    readMigrationEnv({ DATABASE_ADMIN_URL: complete.DATABASE_URL, APP_USER_PASSWORD: 'long-enough' }).appUserPassword,
  ).toBe('long-enough')
})
