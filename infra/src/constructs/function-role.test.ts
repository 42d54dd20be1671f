import { describe, expect, test } from 'vitest'
import { ofType, stackIn, synthesized } from '../test/synthesized.ts'

interface Statement {
  readonly Effect: string
  readonly Action: readonly string[]
  readonly Resource: string
  readonly Condition?: object
}

const stacks = synthesized('develop')
const LOGS = 'arn:aws:logs:us-east-1:111122223333:log-group:/aws/lambda/sax-lambda-us-east-1-0x-d-'
const SECRETS = 'arn:aws:secretsmanager:us-east-1:111122223333:secret:sleepconnect/develop/'

/** The whole of what a role may do. */
const allowed: readonly [id: string, stack: string, resources: readonly string[]][] = [
  [
    'SleepconnectPages',
    'sleepconnect-develop-host',
    [`${LOGS}sleep-connect-server_develop:*`, `${SECRETS}user-context-??????`, `${SECRETS}session-??????`],
  ],
  ['OutreachPages', 'sleepconnect-develop-host', [`${LOGS}outreach-server_develop:*`, `${SECRETS}user-context-??????`]],
  [
    'OutreachApiRoutes',
    'sleepconnect-develop-host',
    [`${LOGS}outreach-server_develop:*`, `${SECRETS}user-context-??????`],
  ],
  [
    'OutreachApi',
    'sleepconnect-backend-develop',
    [`${LOGS}outreach-api_develop:*`, `${SECRETS}user-context-??????`, `${SECRETS}twilio-??????`],
  ],
]

describe.each(allowed)('%s', (id, stack, resources) => {
  const found = stackIn(stacks, stack)
  const { PolicyDocument } = (found.resources[`${id}Policy`]?.Properties ?? {}) as {
    readonly PolicyDocument: { readonly Statement: readonly Statement[] }
  }
  const [logs, traces, ...reads] = PolicyDocument.Statement
  const secrets = reads.slice(0, -1)

  test('writes its own log group and reads its own secrets', () => {
    expect(logs?.Action).toEqual(['logs:CreateLogStream', 'logs:PutLogEvents'])
    expect(secrets.map(({ Action }) => Action.join())).toEqual(secrets.map(() => 'secretsmanager:GetSecretValue'))
    expect([logs, ...secrets].map((statement) => statement?.Resource)).toEqual(resources)
  })

  test('has no wildcard but that of traces, which belong to no resource', () => {
    expect(traces).toEqual({
      Effect: 'Allow',
      Action: ['xray:PutTraceSegments', 'xray:PutTelemetryRecords'],
      Resource: '*',
    })
    expect(PolicyDocument.Statement.filter(({ Resource }) => Resource === '*')).toHaveLength(1)
    expect(PolicyDocument.Statement.flatMap(({ Action }) => Action).filter((one) => one.includes('*'))).toEqual([])
  })

  test("decrypts with the stage's key only, and only what Secrets Manager hands it", () => {
    expect(reads.at(-1)).toEqual({
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
