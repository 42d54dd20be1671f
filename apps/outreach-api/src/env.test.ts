import { describe, expect, test } from 'vitest'
import {
  readApiEnv,
  readApiFunctionEnv,
  readMigrationEnv,
  readMigrationsFunctionEnv,
  readSampleDataEnv,
  readWorkerEnv,
  readWorkerFunctionEnv,
} from './env.ts'

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
    readMoods: false,
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

const carrier = {
  TWILIO_ACCOUNT_SID: `AC${'a'.repeat(32)}`,
  TWILIO_AUTH_TOKEN: 't'.repeat(32),
  PUBLIC_WEBHOOK_BASE_URL: 'http://127.0.0.1:4000',
}

test('where there is a carrier the API knows it', () => {
  expect(readApiEnv({ ...complete, ...carrier, TWILIO_AUTH_TOKEN_PREVIOUS: 'p'.repeat(32) }).carrier).toEqual({
    accountSid: carrier.TWILIO_ACCOUNT_SID,
    authToken: carrier.TWILIO_AUTH_TOKEN,
    previousAuthToken: 'p'.repeat(32),
    publicBaseUrl: carrier.PUBLIC_WEBHOOK_BASE_URL,
  })
})

test.each([
  [undefined, 'off', false],
  ['off', 'off', false],
  ['local', 'local', true],
])('SENTIMENT=%s: the worker reads messages by %s, and the API asks for it: %s', (SENTIMENT, moods, readMoods) => {
  const given = SENTIMENT === undefined ? {} : { SENTIMENT }
  const worker = { ...complete, ...carrier, TWILIO_API_BASE_URL: 'http://127.0.0.1:4020', MEDIA_DIR: 'media' }
  expect(readWorkerEnv({ ...worker, ...given }).moods).toBe(moods)
  expect(readApiEnv({ ...complete, ...given }).readMoods).toBe(readMoods)
})

test('a laptop has no Comprehend', () => {
  expect(() => readApiEnv({ ...complete, SENTIMENT: 'comprehend' })).toThrow('environment refused: SENTIMENT')
})

test('where pictures are kept the API knows the folder', () => {
  expect(readApiEnv({ ...complete, MEDIA_DIR: '/data/media' }).mediaDir).toBe('/data/media')
  expect(() => readApiEnv({ ...complete, MEDIA_DIR: '' })).toThrow('environment refused: MEDIA_DIR')
})

test('a worker needs its carrier', () => {
  const worker = { ...complete, ...carrier, TWILIO_API_BASE_URL: 'http://127.0.0.1:4020', MEDIA_DIR: 'media' }
  expect(readWorkerEnv(worker).carrier).toMatchObject({ apiBaseUrl: 'http://127.0.0.1:4020' })
  for (const name of [
    'TWILIO_API_BASE_URL',
    'TWILIO_AUTH_TOKEN',
    'PUBLIC_WEBHOOK_BASE_URL',
    'DATABASE_URL',
    'MEDIA_DIR',
  ]) {
    expect(() => readWorkerEnv({ ...worker, [name]: undefined })).toThrow(name)
  }
})

test.each([
  ['TWILIO_ACCOUNT_SID', 'AC1'],
  ['TWILIO_AUTH_TOKEN', 'short'],
  ['PUBLIC_WEBHOOK_BASE_URL', 'http://127.0.0.1:4000/'],
])('D3: half a carrier, with %s=%s, is refused by name', (name, value) => {
  expect(() => readApiEnv({ ...complete, ...carrier, [name]: value })).toThrow(
    new RegExp(`environment refused: ${name}`),
  )
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

describe('of a function', () => {
  const stage = {
    STAGE: 'develop',
    LAMBDA_TASK_ROOT: '/var/task',
    LAMBDA_RUNTIME_DIR: '/var/runtime',
    DATABASE_HOST: 'sleepconnect-develop.proxy-abc.us-east-1.rds.amazonaws.com',
    DATABASE_NAME: 'outreach',
    DATABASE_USER: 'app_user',
    DATABASE_ADMIN_SECRET_ID: 'arn:aws:secretsmanager:us-east-1:111122223333:secret:rds!cluster-abc-a1b2c3',
    USER_CONTEXT_SECRET_ID: 'sleepconnect/develop/user-context',
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'ASIAEXAMPLE',
    AWS_SECRET_ACCESS_KEY: 'wJalrXUtnFEMI',
  }
  const given: Readonly<Record<string, string>> = {
    '/var/task/release.json': '{"release":"0.1.0-0123456789ab"}',
    '/var/runtime/ca-cert.pem': 'certificates of RDS',
  }
  const files = { text: (file: string) => given[file] ?? '', has: (file: string) => file in given }
  const settings = {
    release: '0.1.0-0123456789ab',
    logLevel: 'info',
    databaseHost: 'sleepconnect-develop.proxy-abc.us-east-1.rds.amazonaws.com',
    databaseName: 'outreach',
    region: 'us-east-1',
    secretsEndpoint: undefined,
    queuesEndpoint: undefined,
    storageEndpoint: undefined,
    credentials: { accessKeyId: 'ASIAEXAMPLE', secretAccessKey: 'wJalrXUtnFEMI' },
  }

  test('the backend reads where it is, and in its package which release it is', () => {
    expect(readApiFunctionEnv({ ...stage, RELEASE: 'of-the-version-before' }, files)).toEqual({
      ...settings,
      databaseUser: 'app_user',
      userContextSecretId: 'sleepconnect/develop/user-context',
      outboxQueueUrl: undefined,
      readMoods: false,
    })
    const outboxQueueUrl = 'https://sqs.us-east-1.amazonaws.com/111122223333/sleepconnect-outbox-develop'
    expect(readApiFunctionEnv({ ...stage, OUTBOX_QUEUE_URL: outboxQueueUrl }, files)).toMatchObject({ outboxQueueUrl })
  })

  test('where a stage has a carrier the backend reads where its tokens are stored, never a token', () => {
    const carrier = {
      TWILIO_ACCOUNT_SID: `AC${'a'.repeat(32)}`,
      TWILIO_SECRET_ID: 'sleepconnect/develop/twilio',
      PUBLIC_WEBHOOK_BASE_URL: 'https://0qz7d63vw2.execute-api.us-east-1.amazonaws.com/dev',
    }
    expect(readApiFunctionEnv({ ...stage, ...carrier }, files).carrier).toEqual({
      accountSid: carrier.TWILIO_ACCOUNT_SID,
      secretId: 'sleepconnect/develop/twilio',
      publicBaseUrl: carrier.PUBLIC_WEBHOOK_BASE_URL,
    })
    expect(() => readApiFunctionEnv({ ...stage, ...carrier, PUBLIC_WEBHOOK_BASE_URL: undefined }, files)).toThrow(
      'PUBLIC_WEBHOOK_BASE_URL',
    )
  })

  test.each([
    ['AWS_ENDPOINT_URL_SQS', 'queuesEndpoint'],
    ['AWS_ENDPOINT_URL_S3', 'storageEndpoint'],
  ] as const)('a service’s own endpoint, %s, comes before the one for all', (variable, field) => {
    const forAll = { ...stage, AWS_ENDPOINT_URL: 'http://127.0.0.1:4566' }
    expect(readApiFunctionEnv(forAll, files)[field]).toBe('http://127.0.0.1:4566')
    const own = { ...forAll, [variable]: 'http://127.0.0.1:4567' }
    expect(readApiFunctionEnv(own, files)[field]).toBe('http://127.0.0.1:4567')
  })

  test('the worker reads where the carrier, its tokens and the pictures are, never a token', () => {
    const worker = {
      ...stage,
      TWILIO_ACCOUNT_SID: `AC${'a'.repeat(32)}`,
      TWILIO_SECRET_ID: 'sleepconnect/develop/twilio',
      TWILIO_API_BASE_URL: 'https://api.twilio.com',
      PUBLIC_WEBHOOK_BASE_URL: 'https://0qz7d63vw2.execute-api.us-east-1.amazonaws.com/dev',
      MEDIA_BUCKET: 'sax-media-us-east-1-develop-111122223333',
    }
    expect(readWorkerFunctionEnv(worker, files)).toEqual({
      ...settings,
      databaseUser: 'app_user',
      mediaBucket: 'sax-media-us-east-1-develop-111122223333',
      moods: 'off',
      carrier: {
        accountSid: worker.TWILIO_ACCOUNT_SID,
        secretId: 'sleepconnect/develop/twilio',
        apiBaseUrl: 'https://api.twilio.com',
        publicBaseUrl: worker.PUBLIC_WEBHOOK_BASE_URL,
      },
    })
    for (const name of ['TWILIO_SECRET_ID', 'TWILIO_API_BASE_URL', 'MEDIA_BUCKET', 'DATABASE_USER']) {
      expect(() => readWorkerFunctionEnv({ ...worker, [name]: undefined }, files)).toThrow(name)
    }
    const read = readWorkerFunctionEnv(
      { ...worker, SENTIMENT: 'comprehend', AWS_ENDPOINT_URL: 'http://127.0.0.1:4566' },
      files,
    )
    expect([read.moods, read.moodsEndpoint]).toEqual(['comprehend', 'http://127.0.0.1:4566'])
    expect(readApiFunctionEnv({ ...stage, SENTIMENT: 'comprehend' }, files).readMoods).toBe(true)
    const token = 't'.repeat(32)
    const withToken = () => readWorkerFunctionEnv({ ...worker, TWILIO_AUTH_TOKEN: token }, files)
    expect(withToken).toThrow('TWILIO_AUTH_TOKEN: must not be set in a stage')
    expect(withToken).not.toThrow(token)
  })

  test('where a stage keeps pictures the backend reads the name of their bucket', () => {
    const mediaBucket = (more: Record<string, string>) => readApiFunctionEnv({ ...stage, ...more }, files).mediaBucket
    expect(mediaBucket({})).toBeUndefined()
    expect(mediaBucket({ MEDIA_BUCKET: 'sax-media-us-east-1-develop-111122223333' })).toBe(
      'sax-media-us-east-1-develop-111122223333',
    )
    expect(() => mediaBucket({ MEDIA_BUCKET: '' })).toThrow('environment refused: MEDIA_BUCKET')
  })

  test('migrations read where the cluster is, whose certificates they trust beside the usual ones', () => {
    const { authorities, ...read } = readMigrationsFunctionEnv(stage, files)
    expect(read).toEqual({
      ...settings,
      adminSecretId: 'arn:aws:secretsmanager:us-east-1:111122223333:secret:rds!cluster-abc-a1b2c3',
      folder: '/var/task/migrations',
    })
    expect(authorities.at(-1)).toBe('certificates of RDS')
    expect(authorities.length).toBeGreaterThan(50)
    const without = readMigrationsFunctionEnv({ ...stage, LAMBDA_RUNTIME_DIR: '/elsewhere' }, files)
    expect(without.authorities).not.toContain('certificates of RDS')
  })

  test.each(['STAGE', 'LAMBDA_TASK_ROOT', 'DATABASE_HOST', 'DATABASE_NAME', 'DATABASE_USER', 'USER_CONTEXT_SECRET_ID'])(
    'D3: the backend without %s is refused by name',
    (name) => {
      expect(() => readApiFunctionEnv({ ...stage, [name]: undefined }, files)).toThrow(
        new RegExp(`^environment refused: ${name}: (?!.*wJalrXUtnFEMI)`),
      )
    },
  )

  test.each(['DATABASE_ADMIN_SECRET_ID', 'LAMBDA_RUNTIME_DIR', 'AWS_REGION'])(
    'D3: migrations without %s are refused by name',
    (name) => {
      expect(() => readMigrationsFunctionEnv({ ...stage, [name]: undefined }, files)).toThrow(
        new RegExp(`^environment refused: ${name}: `),
      )
    },
  )

  test('S16: a secret in the environment is refused, and not quoted', () => {
    const read = () => readApiFunctionEnv({ ...stage, AUTH0_CLIENT_SECRET: 'x'.repeat(32) }, files)
    expect(read).toThrow('AUTH0_CLIENT_SECRET: must not be set in a stage')
    expect(read).not.toThrow('xxxx')
  })
})
