import { describe, expect, test } from 'vitest'
import { readEnv, readFunctionEnv } from './env.ts'

const good = {
  STAGE: 'local',
  RELEASE: 'r1',
  PORT: '3002',
  API_BASE_URL: 'http://127.0.0.1:4000/',
  PUBLIC_NAMES: 'localhost:8080,127.0.0.1:8081',
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
  ['no public name', { PUBLIC_NAMES: undefined }, 'PUBLIC_NAMES'],
  ['an empty list of public names', { PUBLIC_NAMES: '' }, 'PUBLIC_NAMES'],
  ['a public name that is left empty', { PUBLIC_NAMES: 'site.example,' }, 'PUBLIC_NAMES'],
  ['an address in place of a public name', { PUBLIC_NAMES: 'https://site.example' }, 'PUBLIC_NAMES'],
  ['public names separated by blanks', { PUBLIC_NAMES: 'site.example, zone.example' }, 'PUBLIC_NAMES'],
  ['a short secret', { AUTH0_CLIENT_SECRET: 'short' }, 'AUTH0_CLIENT_SECRET'],
])('%s is refused by name', (_why, change, name) => {
  expect(() => readEnv({ ...good, ...change })).toThrow(name)
})

test('a refusal never quotes a value', () => {
  expect(() => readEnv({ ...good, AUTH0_CLIENT_SECRET: 'hunter2' })).toThrow(/^(?!.*hunter2)/)
})

test.each([
  'https://site.example/prod',
  'https://SITE.example',
  'https://zone.example',
  'https://old.zone.example/',
  'http://localhost:8080',
])('R7: %s is the site itself and is refused as a backend', (url) => {
  const names = 'site.example,Zone.example,old.zone.example,localhost:8080'
  expect(() => readEnv({ ...good, PUBLIC_NAMES: names, API_BASE_URL: url })).toThrow(
    'points at a public name of this site',
  )
})

test('a backend beside the site, at another name or another port, is none of it', () => {
  for (const url of ['https://api.site.example', 'http://localhost:4000']) {
    expect(readEnv({ ...good, PUBLIC_NAMES: 'site.example,localhost:8080', API_BASE_URL: url }).apiBaseUrl).toBe(url)
  }
})

test('D6: there is no default backend', () => {
  const { API_BASE_URL: _left, ...without } = good
  expect(() => readEnv(without)).toThrow('API_BASE_URL')
})

describe('of a function', () => {
  const stage = {
    STAGE: 'develop',
    LOG_LEVEL: 'info',
    API_BASE_URL: 'https://0qz7d63vw2.execute-api.us-east-1.amazonaws.com/dev',
    PUBLIC_NAMES: 'site.example,zone.example',
    USER_CONTEXT_SECRET_ID: 'sleepconnect/develop/user-context',
    LAMBDA_TASK_ROOT: '/var/task',
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'ASIAEXAMPLE',
    AWS_SECRET_ACCESS_KEY: 'wJalrXUtnFEMI',
  }
  const files: Readonly<Record<string, string>> = { '/var/task/release.json': '{"release":"0.1.0-0123456789ab"}' }
  const read = (change: Readonly<Record<string, string | undefined>> = {}) =>
    readFunctionEnv({ ...stage, ...change }, (file) => files[file] ?? '')

  test('the environment says where it is, and the package which release', () => {
    expect(read({ RELEASE: 'of-the-version-before' })).toEqual({
      stage: 'develop',
      release: '0.1.0-0123456789ab',
      logLevel: 'info',
      apiBaseUrl: 'https://0qz7d63vw2.execute-api.us-east-1.amazonaws.com/dev',
      userContextSecretId: 'sleepconnect/develop/user-context',
      region: 'us-east-1',
      secretsEndpoint: undefined,
      credentials: { accessKeyId: 'ASIAEXAMPLE', secretAccessKey: 'wJalrXUtnFEMI' },
    })
  })

  test.each(['STAGE', 'API_BASE_URL', 'PUBLIC_NAMES', 'USER_CONTEXT_SECRET_ID', 'LAMBDA_TASK_ROOT', 'AWS_REGION'])(
    'D3: without %s it is refused by name, and says no value',
    (name) => {
      expect(() => read({ [name]: undefined })).toThrow(
        new RegExp(`^environment refused: ${name}: (?!.*wJalrXUtnFEMI)`),
      )
    },
  )

  test('S16: a secret in the environment is refused, and not quoted', () => {
    const secret = 'a-signing-secret-of-at-least-32-bytes!'
    expect(() => read({ AUTH0_CLIENT_SECRET: secret })).toThrow(
      'environment refused: AUTH0_CLIENT_SECRET: must not be set in a stage: a rollback would bring its value back',
    )
    expect(() => read({ AUTH0_CLIENT_SECRET: secret })).not.toThrow(secret)
  })

  test('a package that does not say its release is refused', () => {
    expect(() => read({ LAMBDA_TASK_ROOT: '/elsewhere' })).toThrow('release.json beside the function names no release')
  })
})
