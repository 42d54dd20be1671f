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
  expect(parseEnv(good)).toEqual({ ...good, LOG_LEVEL: 'info', SLEEPCONNECT_URL: 'http://localhost:8080' })
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
