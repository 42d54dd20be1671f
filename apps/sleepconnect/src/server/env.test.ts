import { expect, test } from 'vitest'
import { parseEnv } from './env.ts'

const good = {
  STAGE: 'local',
  RELEASE: 'r1',
  LOG_LEVEL: 'info',
  AUTH0_DOMAIN: 'http://localhost:4010',
  AUTH0_CLIENT_ID: 'client',
  AUTH0_CLIENT_SECRET: 'a'.repeat(32),
  AUTH0_SECRET: 'b'.repeat(32),
  APP_BASE_URL: 'http://localhost:8080/',
  OUTREACH_APP_URL: 'http://127.0.0.1:8081',
  USER_CONTEXT_TTL_SEC: '900',
}

test('good settings are read, base URLs without their last slash', () => {
  expect(parseEnv(good)).toMatchObject({
    APP_BASE_URL: 'http://localhost:8080',
    CLAIMS_NAMESPACE: '',
    USER_CONTEXT_TTL_SEC: 900,
  })
})

test.each(Object.keys(good))('D6: without %s nothing starts, and no default stands in', (name) => {
  expect(() => parseEnv({ ...good, [name]: undefined })).toThrow(name)
})

test.each<[why: string, changed: Record<string, string>]>([
  ['a stage nobody knows', { STAGE: 'prod' }],
  ['a short signing secret', { AUTH0_CLIENT_SECRET: 'short' }],
  ['one secret for both uses', { AUTH0_SECRET: 'a'.repeat(32) }],
  ['a base URL that is none', { APP_BASE_URL: 'localhost:8080' }],
  ['a zone address that is no web address', { OUTREACH_APP_URL: 'ftp://zone' }],
  ['a token life without end', { USER_CONTEXT_TTL_SEC: '999999' }],
  ['a token that outlives a rotation', { USER_CONTEXT_TTL_SEC: '901' }],
])('%s is refused', (_why, changed) => {
  expect(() => parseEnv({ ...good, ...changed })).toThrow('The environment of sleepconnect is not usable')
})

test('R7: a zone address that is the host’s own public name is refused', () => {
  expect(() => parseEnv({ ...good, OUTREACH_APP_URL: 'http://localhost:8080' })).toThrow('OUTREACH_APP_URL')
})

test('a refusal names the variable and not its value', () => {
  expect(() => parseEnv({ ...good, AUTH0_SECRET: 'hunter2' })).toThrow(/^(?!.*hunter2).*AUTH0_SECRET/)
})

test('S3: no variable switches sign-in off', () => {
  const tempted = parseEnv({ ...good, DISABLE_AUTH: 'true', MOCK_USER: 'dana', SKIP_AUTH: '1', NODE_ENV: 'test' })
  expect(Object.keys(tempted).toSorted()).toEqual([
    'APP_BASE_URL',
    'AUTH0_CLIENT_ID',
    'AUTH0_DOMAIN',
    'CLAIMS_NAMESPACE',
    'LOG_LEVEL',
    'OUTREACH_APP_URL',
    'RELEASE',
    'STAGE',
    'USER_CONTEXT_TTL_SEC',
    'secrets',
  ])
})

const { AUTH0_CLIENT_SECRET: _client, AUTH0_SECRET: _session, ...withoutValues } = good
const stored = {
  ...withoutValues,
  AUTH0_SECRET_ID: 'sax/develop/auth0',
  SESSION_SECRET_ID: 'sax/develop/session',
  USER_CONTEXT_SECRET_ID: 'sax/develop/user-context',
  AWS_REGION: 'us-east-1',
  AWS_ACCESS_KEY_ID: 'key',
  AWS_SECRET_ACCESS_KEY: 'not-a-real-key',
}

test('in a stage the environment holds the names of secrets, and who may read them', () => {
  expect(parseEnv({ ...stored, AWS_ENDPOINT_URL: 'http://127.0.0.1:5000' }).secrets).toEqual({
    kind: 'stored',
    ids: { auth0: 'sax/develop/auth0', session: 'sax/develop/session', userContext: 'sax/develop/user-context' },
    region: 'us-east-1',
    secretsEndpoint: 'http://127.0.0.1:5000',
    credentials: { accessKeyId: 'key', secretAccessKey: 'not-a-real-key' },
  })
})

test.each(['AUTH0_SECRET_ID', 'SESSION_SECRET_ID', 'AWS_REGION', 'AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY'])(
  'in a stage nothing starts without %s',
  (name) => {
    expect(() => parseEnv({ ...stored, [name]: undefined })).toThrow(name)
  },
)

test.each(['AUTH0_SECRET', 'AUTH0_CLIENT_SECRET'])('S16: a value of %s beside the names is refused', (name) => {
  expect(() => parseEnv({ ...stored, [name]: 'c'.repeat(32) })).toThrow(new RegExp(`${name}: must not be set`))
})

test('R2: the host has no place for the address of the backend', () => {
  expect(parseEnv({ ...good, API_BASE_URL: 'https://api.example.test', OUTREACH_API_URL: 'x' })).not.toHaveProperty(
    'API_BASE_URL',
  )
})
