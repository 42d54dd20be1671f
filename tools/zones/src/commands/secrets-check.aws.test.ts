import { CreateRoleCommand, IAMClient } from '@aws-sdk/client-iam'
import {
  CreateAliasCommand,
  CreateFunctionCommand,
  LambdaClient,
  PublishVersionCommand,
  UpdateAliasCommand,
  UpdateFunctionConfigurationCommand,
  waitUntilFunctionActiveV2,
  waitUntilFunctionUpdatedV2,
} from '@aws-sdk/client-lambda'
import { CreateSecretCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager'
import { type Cloud, startCloud } from '@sax/cloud'
import { functionsOfStage } from '@sax/infra/functions'
import { secretId, secretNames, secretsReadBy, secrets as secretUses } from '@sax/infra/secrets'
import { LIVE_ALIAS } from '@sax/topology'
import pico from 'picocolors'
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest'
import { createIdentity } from '../aws/identity.ts'
import { createFunctionEnvironments } from '../aws/lambda-environment.ts'
import { createSecretStore } from '../aws/secrets-manager.ts'
import { fingerprintUnder } from '../secrets/fingerprint.ts'
import { facts, shownFacts } from '../secrets/test/stage-ports.ts'
import { secretsCheck } from './secrets-check.ts'

const OWN = facts.accountId
const values = {
  auth0: { clientSecret: 'Vt4mQ8sLz2Kx9RfJw6Yb3NhCd7Gp5Ea1Uo0Ti-IAVt4mQ8sLz2Kx9RfJw6Yb3NhC' },
  session: { current: 'Nb5vCx3zLk1jHg9fDs7aPo5iUy3tRe1wQmNb5vCx3zLk1jHg9fDs7aPo5iUy3tRe' },
  twilio: { authToken: '5e0f1d2c3b4a59687786a5b4c3d2e1f0' },
  'user-context': { current: 'Hq7xZ2nWc9Lk4VtBm8Rs3YgJd6Fp1Ea5Uo0Ti-OEHq7xZ2nWc9Lk4VtBm8Rs3YgJ' },
}
const functions = functionsOfStage('develop')
const zone = functions.find(({ kind }) => kind === 'zone-pages')?.functionName ?? ''
const environmentOf = (kind: (typeof functions)[number]['kind']) =>
  Object.fromEntries(secretsReadBy(kind).map((name) => [secretUses[name].variable, secretId('develop', name)]))
/** An archive without a file in it: the end record alone. @source PKWARE, "APPNOTE.TXT" section 4.3.16 */
const EMPTY_ZIP = Uint8Array.from([0x50, 0x4b, 5, 6, ...new Uint8Array(18)])

let cloud: Cloud
const settings = () => ({ region: 'us-east-1', endpoint: cloud.endpoint, maxAttempts: 1 })
const lambda = () => new LambdaClient(settings())

beforeAll(async () => {
  cloud = await startCloud({ accountId: OWN })
  for (const [name, value] of Object.entries(cloud.env)) vi.stubEnv(name, value)
  const manager = new SecretsManagerClient(settings())
  for (const name of secretNames) {
    await manager.send(
      new CreateSecretCommand({ Name: secretId('develop', name), SecretString: JSON.stringify(values[name]) }),
    )
  }
  const AssumeRolePolicyDocument = JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }],
  })
  await new IAMClient(settings()).send(new CreateRoleCommand({ RoleName: 'runs', AssumeRolePolicyDocument }))
  for (const { functionName: FunctionName, kind } of functions) {
    await lambda().send(
      new CreateFunctionCommand({
        FunctionName,
        Role: `arn:aws:iam::${OWN}:role/runs`,
        Runtime: 'nodejs24.x',
        Handler: 'index.handler',
        Code: { ZipFile: EMPTY_ZIP },
        Environment: { Variables: environmentOf(kind) },
        Publish: true,
      }),
    )
    await lambda().send(new CreateAliasCommand({ FunctionName, Name: LIVE_ALIAS, FunctionVersion: '1' }))
  }
  await waitUntilFunctionActiveV2({ client: lambda(), maxWaitTime: 30 }, { FunctionName: zone })
})
afterAll(async () => {
  vi.unstubAllEnvs()
  await cloud.stop()
})
/** Traffic goes to this version of the zone's pages, and so much of it to another one. */
const live = (version: string, weights: Readonly<Record<string, number>> = {}) =>
  lambda().send(
    new UpdateAliasCommand({
      FunctionName: zone,
      Name: LIVE_ALIAS,
      FunctionVersion: version,
      RoutingConfig: { AdditionalVersionWeights: weights },
    }),
  )
afterEach(async () => {
  await live('1')
})

/** A new version of the zone's pages with these variables over its own. */
async function publish(variables: Readonly<Record<string, string>>): Promise<string> {
  const Environment = { Variables: { ...environmentOf('zone-pages'), ...variables } }
  await lambda().send(new UpdateFunctionConfigurationCommand({ FunctionName: zone, Environment }))
  await waitUntilFunctionUpdatedV2({ client: lambda(), maxWaitTime: 30 }, { FunctionName: zone })
  return (await lambda().send(new PublishVersionCommand({ FunctionName: zone }))).Version ?? ''
}

const checked = async () => {
  const outcome = await secretsCheck(
    { stage: 'develop', json: false },
    {
      facts: () => ({ kind: 'facts', facts, shown: shownFacts }),
      identity: createIdentity(settings()),
      store: createSecretStore(settings()),
      environments: createFunctionEnvironments(settings()),
      fingerprint: fingerprintUnder(Buffer.from('a key of the tests')),
      palette: pico.createColors(false),
    },
  )
  for (const fields of Object.values(values)) {
    for (const value of Object.values(fields)) expect(JSON.stringify(outcome)).not.toContain(value.slice(0, 12))
  }
  return { kind: outcome.kind, text: 'text' in outcome ? outcome.text : '' }
}

test('S1, D13: a stage that agrees passes, and nothing is changed by looking', async () => {
  const before = cloud.calls().length
  const { kind, text } = await checked()
  expect(kind).toBe('done')
  expect(text).toContain('All that read a secret of develop read the same one.')
  const calls = cloud.calls().slice(before)
  expect(calls.filter(({ changes }) => changes)).toEqual([])
  // One for the account; an alias and a version for each of 6 functions; two for each of 4 secrets.
  expect(calls.map(({ service }) => service).sort()).toEqual(
    ['sts', ...Array(12).fill('lambda'), ...Array(8).fill('secretsmanager')].sort(),
  )
})

test('S16: new code with a value in its environment is a fault once traffic reaches it, and not before', async () => {
  const version = await publish({ AUTH0_CLIENT_SECRET: values.auth0.clientSecret })
  expect((await checked()).kind).toBe('done')
  await live('1', { [version]: 0.1 })
  const { kind, text } = await checked()
  expect(kind).toBe('failed')
  expect(text).toContain(`${zone}, version ${version}, carries the value of auth0 in AUTH0_CLIENT_SECRET`)
})

test('S1: a version that names the secret of another stage fails the check', async () => {
  await live(await publish({ USER_CONTEXT_SECRET_ID: 'sleepconnect/staging/user-context' }))
  const { kind, text } = await checked()
  expect(kind).toBe('failed')
  expect(text).toContain('reads sleepconnect/staging/user-context in place of sleepconnect/develop/user-context')
})

test('a missing permission is one sentence and the next step', async () => {
  const takeAway = cloud.inject({
    service: 'lambda',
    action: 'GetAlias',
    effect: {
      kind: 'error',
      code: 'AccessDeniedException',
      message: `User: arn:aws:iam::${OWN}:user/ana is not authorized`,
      status: 403,
    },
  })
  const outcome = await secretsCheck(
    { stage: 'develop', json: true },
    {
      facts: () => ({ kind: 'facts', facts, shown: shownFacts }),
      identity: createIdentity(settings()),
      store: createSecretStore(settings()),
      environments: createFunctionEnvironments(settings()),
      fingerprint: String,
      palette: pico.createColors(false),
    },
  )
  takeAway()
  expect(outcome).toEqual({
    kind: 'failed',
    text: '',
    reason:
      'These credentials may not do lambda:GetAlias. Ask for that permission, or sign in with a role that has it, and run the same command again.',
  })
})
