import { expect, test } from 'vitest'
import { readEnv } from './env.ts'

const good = {
  STAGE: 'local',
  RELEASE: 'r1',
  PORT: '3002',
  API_BASE_URL: 'http://127.0.0.1:4000/',
  AUTH0_CLIENT_SECRET: 'a-signing-secret-of-at-least-32-bytes!',
}

test('a complete environment is read, the base URL without its slash', () => {
  expect(readEnv(good)).toEqual({
    stage: 'local',
    release: 'r1',
    logLevel: 'info',
    port: 3002,
    apiBaseUrl: 'http://127.0.0.1:4000',
    secrets: { current: 'a-signing-secret-of-at-least-32-bytes!' },
  })
})

test.each([
  ['an unknown stage', { STAGE: 'prod' }, 'STAGE'],
  ['no backend', { API_BASE_URL: undefined }, 'API_BASE_URL'],
  ['a short secret', { AUTH0_CLIENT_SECRET: 'short' }, 'AUTH0_CLIENT_SECRET'],
])('%s is refused by name', (_why, change, name) => {
  expect(() => readEnv({ ...good, ...change })).toThrow(name)
})

test('a refusal never quotes a value', () => {
  expect(() => readEnv({ ...good, AUTH0_CLIENT_SECRET: 'hunter2' })).toThrow(/^(?!.*hunter2)/)
})

test.each(['https://dreamconnect.health/prod', 'https://outreach.dreamconnect.health'])(
  'R7: %s is the site itself and is refused as a backend',
  (url) => {
    expect(() => readEnv({ ...good, STAGE: 'production', API_BASE_URL: url })).toThrow(
      'points at a public name of this site',
    )
  },
)

test('D6: there is no default backend', () => {
  const { API_BASE_URL: _left, ...without } = good
  expect(() => readEnv(without)).toThrow('API_BASE_URL')
})
