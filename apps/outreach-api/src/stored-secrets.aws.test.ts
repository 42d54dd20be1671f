import {
  CreateSecretCommand,
  DeleteSecretCommand,
  PutSecretValueCommand,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager'
import { type Cloud, startCloud } from '@sax/cloud'
import { awsOfFunction, secretsManager, signingSecrets, storedSecret } from '@sax/stored-secrets'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'

const ID = 'sleepconnect/develop/user-context'
const OLD = 'the-secret-that-signs-at-first-0123456789'
const NEW = 'the-secret-that-signs-from-then-on-012345'
const noLogger = { warn: () => undefined }

let cloud: Cloud
let owner: SecretsManagerClient
beforeAll(async () => {
  cloud = await startCloud({ accountId: '111122223333' })
  const { region, credentials } = awsOfFunction.parse(cloud.env)
  owner = new SecretsManagerClient({ endpoint: cloud.endpoint, region, credentials, maxAttempts: 1 })
})
beforeEach(async () => {
  await cloud.reset()
  await owner.send(new CreateSecretCommand({ Name: ID, SecretString: JSON.stringify({ current: OLD }) }))
})
afterAll(async () => {
  owner.destroy()
  await cloud.stop()
})

/** Reads as a function does whose environment is this. */
function reader(env: Readonly<Record<string, string>> = cloud.env) {
  const { region, secretsEndpoint, credentials } = awsOfFunction.parse(env)
  return secretsManager({
    region,
    endpoint: secretsEndpoint,
    credentials: () => credentials,
    fetch: globalThis.fetch,
    nowMs: Date.now,
  })
}

test('the value that is stored is read, and after a rotation the next one', async () => {
  let nowMs = Date.now()
  const secret = storedSecret({ id: ID, schema: signingSecrets, read: reader(), nowMs: () => nowMs, logger: noLogger })
  expect(await secret.get()).toEqual({ current: OLD })
  await owner.send(
    new PutSecretValueCommand({ SecretId: ID, SecretString: JSON.stringify({ current: NEW, previous: OLD }) }),
  )
  expect(await secret.get()).toEqual({ current: OLD })
  nowMs += 300_000
  expect(await secret.get()).toEqual({ current: NEW, previous: OLD })
})

test('a secret is found by its ARN too', async () => {
  const { ARN = '' } = await owner.send(new CreateSecretCommand({ Name: 'rds!cluster-1', SecretString: '{"a":1}' }))
  expect(await reader()(ARN)).toBe('{"a":1}')
})

test('a secret that is not there, and one without a value, are not found', async () => {
  await owner.send(new CreateSecretCommand({ Name: 'empty' }))
  await expect(reader()('nothing')).rejects.toMatchObject({ code: 'not_found' })
  await expect(reader()('empty')).rejects.toMatchObject({ code: 'not_found' })
})

test('a secret that is marked for deletion is unusable', async () => {
  await owner.send(new DeleteSecretCommand({ SecretId: ID, RecoveryWindowInDays: 7 }))
  await expect(reader()(ID)).rejects.toMatchObject({ code: 'unusable' })
})

test.each([
  ['is throttled', { kind: 'error', code: 'ThrottlingException' }],
  ['fails', { kind: 'error', code: 'InternalServiceError', status: 500 }],
  ['cuts the connection', { kind: 'drop', when: 'before' }],
] as const)('a call that %s is made once more', async (_what, effect) => {
  const over = cloud.inject({ service: 'secretsmanager', action: 'GetSecretValue', times: 1, effect })
  expect(await reader()(ID)).toContain(OLD)
  over()
  cloud.inject({ service: 'secretsmanager', action: 'GetSecretValue', effect })
  await expect(reader()(ID)).rejects.toMatchObject({ code: 'unavailable' })
})

test.each([
  ['a session that is over', () => cloud.envOf({ expired: true })],
  ['a key that nobody gave out', () => ({ ...cloud.env, AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE' })],
])('%s is denied', async (_what, env) => {
  await expect(reader(env())(ID)).rejects.toMatchObject({ code: 'denied' })
})
