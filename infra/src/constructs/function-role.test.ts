import { describe, expect, test } from 'vitest'
import { exampleStage, ofType, propertiesOf, stackIn, synthesized } from '../test/synthesized.ts'
import type { Statement } from './policy-statement.ts'

const stacks = synthesized([exampleStage('develop')], ['host'])
const LOGS = 'arn:aws:logs:us-east-1:111122223333:log-group:/aws/lambda/sax-lambda-us-east-1-0x-d-'
const SECRETS = 'arn:aws:secretsmanager:us-east-1:111122223333:secret:sleepconnect/develop/'

/** Where a function writes and which secrets it reads. */
const allowed: readonly [id: string, stack: string, log: string, secrets: readonly string[]][] = [
  ['SleepconnectPages', 'sleepconnect-develop-host', 'sleep-connect-server', ['auth0', 'session', 'user-context']],
  ['OutreachPages', 'sleepconnect-develop-host', 'outreach-server', ['user-context']],
  ['OutreachApiRoutes', 'sleepconnect-develop-host', 'outreach-server', ['user-context']],
  ['OutreachApi', 'sleepconnect-backend-develop', 'outreach-api', ['twilio', 'user-context']],
  ['OutreachWorker', 'sleepconnect-backend-develop', 'outreach-worker', ['twilio']],
]

describe.each(allowed)('%s', (id, stack, log, secrets) => {
  const found = stackIn(stacks, stack)
  const { PolicyDocument } = propertiesOf(found, `${id}Policy`) as {
    readonly PolicyDocument: { readonly Statement: readonly Statement[] }
  }
  const [logs, traces, reads, decrypts] = PolicyDocument.Statement

  test('writes its own log group', () => {
    expect(logs).toEqual({
      Effect: 'Allow',
      Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
      Resource: `${LOGS}${log}_develop:*`,
    })
  })

  test('reads its own secrets', () => {
    expect(reads).toEqual({
      Effect: 'Allow',
      Action: ['secretsmanager:GetSecretValue'],
      Resource: secrets.map((name) => `${SECRETS}${name}-??????`),
    })
  })

  test('has no wildcard but that of traces, which belong to no resource', () => {
    expect(traces).toEqual({
      Effect: 'Allow',
      Action: ['xray:PutTraceSegments', 'xray:PutTelemetryRecords'],
      Resource: '*',
    })
    expect(PolicyDocument.Statement.flatMap(({ Action }) => Action).filter((one) => one.includes('*'))).toEqual([])
  })

  test("decrypts with the stage's key only, and only what Secrets Manager hands it", () => {
    expect(decrypts).toEqual({
      Effect: 'Allow',
      Action: ['kms:Decrypt'],
      Resource: 'arn:aws:kms:us-east-1:111122223333:key/*',
      Condition: {
        'ForAnyValue:StringEquals': { 'kms:ResourceAliases': 'alias/sleepconnect-develop' },
        StringEquals: { 'kms:ViaService': 'secretsmanager.us-east-1.amazonaws.com' },
      },
    })
  })

  test('is the role of its function alone', () => {
    expect(found.resources[`${id}Role`]?.Properties.ManagedPolicyArns).toEqual([{ Ref: `${id}Policy` }])
    const roles = ofType(found, 'AWS::Lambda::Function').map(([, { Properties }]) => JSON.stringify(Properties.Role))
    expect(roles.filter((role) => role === JSON.stringify({ 'Fn::GetAtt': [`${id}Role`, 'Arn'] }))).toHaveLength(1)
  })
})
