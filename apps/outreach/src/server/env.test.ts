import { expect, test } from 'vitest'
import { parseEnv } from './env.ts'

const secret = 'only-a-test-secret-only-a-test-secret'
const good = {
  STAGE: 'local',
  RELEASE: 'r1',
  AUTH0_CLIENT_SECRET: secret,
  SLEEPCONNECT_URL: 'http://localhost:8080/',
}

test('base URLs lose their trailing slash, the log level has a default', () => {
  expect(parseEnv(good)).toEqual({
    STAGE: 'local',
    RELEASE: 'r1',
    LOG_LEVEL: 'info',
    SLEEPCONNECT_URL: 'http://localhost:8080',
    secrets: { kind: 'given', userContext: { current: secret } },
  })
})

const stored = {
  STAGE: 'develop',
  RELEASE: 'r1',
  USER_CONTEXT_SECRET_ID: 'sax/develop/user-context',
  AWS_REGION: 'us-east-1',
  AWS_ACCESS_KEY_ID: 'key',
  AWS_SECRET_ACCESS_KEY: 'not-a-real-key',
  SLEEPCONNECT_URL: 'https://dev.mydreamconnect.com',
}

test('in a stage the environment holds the secret’s name', () => {
  expect(parseEnv({ ...stored, AWS_SESSION_TOKEN: 'session' }).secrets).toEqual({
    kind: 'stored',
    userContextId: 'sax/develop/user-context',
    region: 'us-east-1',
    secretsEndpoint: undefined,
    credentials: { accessKeyId: 'key', secretAccessKey: 'not-a-real-key', sessionToken: 'session' },
  })
})

test('S16: a value beside the name is refused, for a rollback would bring it back', () => {
  expect(() => parseEnv({ ...stored, AUTH0_CLIENT_SECRET: secret })).toThrow('AUTH0_CLIENT_SECRET')
})

test.each(Object.keys(good))('without %s the server does not start', (name) => {
  expect(() => parseEnv({ ...good, [name]: undefined })).toThrow(`missing or malformed in the environment: ${name}`)
})

test.each([
  ['AUTH0_CLIENT_SECRET', 'short'],
  ['STAGE', 'prod'],
  ['SLEEPCONNECT_URL', 'dev.mydreamconnect.com'],
  ['SLEEPCONNECT_URL', 'javascript:alert(1)'],
])('%s = %s is refused, and the value is not repeated', (name, value) => {
  let message = ''
  try {
    parseEnv({ ...good, [name]: value })
  } catch (error) {
    message = error instanceof Error ? error.message : ''
  }
  expect(message).toBe(`missing or malformed in the environment: ${name}`)
})
