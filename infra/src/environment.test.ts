import { describe, expect, test } from 'vitest'
import { ofType, propertiesOf, stackIn, synthesized } from './test/synthesized.ts'

const stacks = synthesized(undefined, ['host'])
type Variables = Readonly<Record<string, unknown>>
const variables = (stack: string, id: string) =>
  (propertiesOf(stackIn(stacks, stack), id).Environment as { readonly Variables: Variables }).Variables

test('the host knows where it and the zones are, and the names of its secrets', () => {
  expect(variables('sleepconnect-production-host', 'SleepconnectPagesFunction')).toEqual({
    STAGE: 'production',
    LOG_LEVEL: 'info',
    APP_BASE_URL: 'https://dreamconnect.health',
    OUTREACH_APP_URL: 'https://outreach.dreamconnect.health',
    AUTH0_DOMAIN: 'example-production.us.auth0.com',
    AUTH0_CLIENT_ID: 'ExampleClientIdOfProduction000003',
    USER_CONTEXT_TTL_SEC: '900',
    AUTH0_SECRET_ID: 'sleepconnect/production/auth0',
    SESSION_SECRET_ID: 'sleepconnect/production/session',
    USER_CONTEXT_SECRET_ID: 'sleepconnect/production/user-context',
  })
})

test("the zone's pages know the host and the secret they verify with", () => {
  expect(variables('sleepconnect-production-host', 'OutreachPagesFunction')).toEqual({
    STAGE: 'production',
    LOG_LEVEL: 'info',
    SLEEPCONNECT_URL: 'https://dreamconnect.health',
    USER_CONTEXT_SECRET_ID: 'sleepconnect/production/user-context',
  })
})

test.each([
  ['develop', 'dev.mydreamconnect.com,outreach-dev.mydreamconnect.com,outreach.mydreamconnect.com'],
  ['production', 'dreamconnect.health,outreach.dreamconnect.health'],
])("R7: the zone's API routes of %s know every public name of their own stage, and of no other", (stage, names) => {
  expect(variables(`sleepconnect-${stage}-host`, 'OutreachApiRoutesFunction')).toMatchObject({
    STAGE: stage,
    PUBLIC_NAMES: names,
  })
})

test('the backend knows the carrier’s account, where the carrier finds it, its queues and the proxy', () => {
  expect(variables('sleepconnect-backend-production', 'OutreachApiFunction')).toEqual({
    STAGE: 'production',
    LOG_LEVEL: 'info',
    TWILIO_ACCOUNT_SID: 'AC00000000000000000000000000000003',
    TWILIO_MESSAGING_SERVICE_SID: 'MG00000000000000000000000000000003',
    PUBLIC_WEBHOOK_BASE_URL: 'https://api.dreamconnect.health/prod',
    MEDIA_BUCKET: 'sax-media-us-east-1-production-444455556666',
    TWILIO_SECRET_ID: 'sleepconnect/production/twilio',
    USER_CONTEXT_SECRET_ID: 'sleepconnect/production/user-context',
    DATABASE_HOST: { 'Fn::GetAtt': ['DatabaseProxy', 'Endpoint'] },
    DATABASE_NAME: 'outreach',
    DATABASE_USER: 'app_user',
    OUTBOX_QUEUE_URL: 'https://sqs.us-east-1.amazonaws.com/444455556666/sleepconnect-outbox-production',
  })
})

test('the worker sends with the carrier’s token and verifies nobody', () => {
  const worker = variables('sleepconnect-backend-production', 'OutreachWorkerFunction')
  expect(worker).toMatchObject({
    TWILIO_SECRET_ID: 'sleepconnect/production/twilio',
    TWILIO_API_BASE_URL: 'https://api.twilio.com',
    MEDIA_BUCKET: 'sax-media-us-east-1-production-444455556666',
  })
  expect(worker).not.toHaveProperty('USER_CONTEXT_SECRET_ID')
})

test('migrations know the database and nothing of the carrier', () => {
  expect(Object.keys(variables('sleepconnect-backend-production', 'OutreachMigrationsFunction')).toSorted()).toEqual([
    'DATABASE_ADMIN_SECRET_ID',
    'DATABASE_HOST',
    'DATABASE_NAME',
    'LOG_LEVEL',
    'STAGE',
  ])
})

/** @source AWS Lambda Developer Guide, "Lambda quotas": environment variables, 4 KB for all of them together */
const LAMBDA_BYTES = 4096
/** Room for what a release adds, and for addresses longer than their placeholders in a template. */
const KEPT_FREE = 1024

/** @source AWS Lambda Developer Guide, "Defined runtime environment variables" (reserved) */
const RESERVED = /^(AWS_|LAMBDA_|_HANDLER$|_X_AMZN_TRACE_ID$|LD_LIBRARY_PATH$|PATH$|NODE_PATH$|TZ$)/

const every = stacks.flatMap((stack) =>
  ofType(stack, 'AWS::Lambda::Function').map(
    ([id, { Properties }]) =>
      [stack.id, id, (Properties.Environment as { readonly Variables: Variables }).Variables] as const,
  ),
)

describe.each(every)('%s %s', (_stack, _id, all) => {
  test('leaves room in what Lambda gives', () => {
    expect(Buffer.byteLength(JSON.stringify(all))).toBeLessThan(LAMBDA_BYTES - KEPT_FREE)
  })

  test('D2: has no name that Lambda keeps for itself', () => {
    expect(Object.keys(all).filter((name) => RESERVED.test(name))).toEqual([])
  })

  test('S16: holds names of secrets and no secret', () => {
    const named = Object.entries(all).filter(([name]) => /SECRET|PASSWORD|TOKEN|KEY/.test(name))
    expect(named.filter(([name]) => !name.endsWith('_SECRET_ID'))).toEqual([])
  })
})

test('D6: no function of one stage knows an address of another', () => {
  const names = { develop: 'dev.mydreamconnect.com', staging: 'staging', production: 'dreamconnect.health' }
  for (const [stack, id, all] of every) {
    const foreign = Object.entries(names).filter(([stage]) => !stack.includes(stage))
    for (const [, name] of foreign) expect([stack, id, JSON.stringify(all).includes(name)]).toEqual([stack, id, false])
  }
})
