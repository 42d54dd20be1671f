import { expect, test } from 'vitest'
import { exampleStage, ofType, propertiesOf, stackIn, synthesized } from '../test/synthesized.ts'

const stack = stackIn(synthesized([exampleStage('develop')], ['host']), 'sleepconnect-backend-develop')
const at = (id: string) => propertiesOf(stack, id)
const QUEUE = 'arn:aws:sqs:us-east-1:111122223333:sleepconnect-'
const WORKER = 'arn:aws:lambda:us-east-1:111122223333:function:sax-lambda-us-east-1-0x-d-outreach-worker_develop:live'

test('every queue is encrypted and refuses whoever comes without TLS', () => {
  const queues = ofType(stack, 'AWS::SQS::Queue')
  expect(queues.map(([, { Properties }]) => Properties.QueueName).toSorted()).toEqual([
    'sleepconnect-inbound-develop',
    'sleepconnect-inbound-failed-develop',
    'sleepconnect-outbox-develop',
    'sleepconnect-outbox-failed-develop',
    'sleepconnect-sweeps-failed-develop',
  ])
  for (const [id, { Properties }] of queues) {
    expect(Properties.SqsManagedSseEnabled).toBe(true)
    expect(at(`${id}Policy`)).toEqual({
      Queues: [{ Ref: id }],
      PolicyDocument: {
        Version: '2012-10-17',
        Statement: [
          {
            Sid: 'OnlyOverTls',
            Effect: 'Deny',
            Principal: '*',
            Action: 'sqs:*',
            Resource: `arn:aws:sqs:us-east-1:111122223333:${Properties.QueueName}`,
            Condition: { Bool: { 'aws:SecureTransport': 'false' } },
          },
        ],
      },
    })
  }
})

test.each([
  ['Outbox', 'outbox'],
  ['Inbound', 'inbound'],
])('A1: a message of %s is tried five times, then put aside where only it may go', (id, name) => {
  expect(at(`${id}Queue`)).toMatchObject({
    RedrivePolicy: { deadLetterTargetArn: { 'Fn::GetAtt': [`${id}FailedQueue`, 'Arn'] }, maxReceiveCount: 5 },
  })
  expect(at(`${id}FailedQueue`)).toMatchObject({
    MessageRetentionPeriod: 1_209_600,
    RedriveAllowPolicy: { redrivePermission: 'byQueue', sourceQueueArns: [`${QUEUE}${name}-develop`] },
  })
})

test('a message is hidden for at least six times as long as the worker may take', () => {
  expect(at('OutreachWorkerFunction').Timeout).toBe(60)
  expect(at('OutboxQueue').VisibilityTimeout).toBe(360)
  expect(at('InboundQueue').VisibilityTimeout).toBe(360)
})

test.each([
  ['OutboxMapping', 'outbox', 'OutboxQueue'],
  ['InboundMapping', 'inbound', 'InboundQueue'],
])('%s gives batches to the alias that releases move, and takes back what failed of them', (id, name, queue) => {
  expect(at(id)).toEqual({
    EventSourceArn: `${QUEUE}${name}-develop`,
    FunctionName: WORKER,
    BatchSize: 10,
    FunctionResponseTypes: ['ReportBatchItemFailures'],
    ScalingConfig: { MaximumConcurrency: 2 },
  })
  expect(stack.resources[id]?.DependsOn?.toSorted()).toEqual([queue, 'OutreachWorkerLive'].toSorted())
})

test('both queues together leave the worker a copy for the sweep', () => {
  expect(at('OutreachWorkerFunction').ReservedConcurrentExecutions).toBe(5)
})

test('a sweep calls the same alias every minute, and what nothing comes of is put aside', () => {
  expect(at('ScheduleGroup')).toEqual({ Name: 'sleepconnect-develop' })
  expect(at('OutboxSweepSchedule')).toMatchObject({
    Name: 'sleepconnect-outbox-sweep-develop',
    GroupName: 'sleepconnect-develop',
    ScheduleExpression: 'rate(1 minute)',
    FlexibleTimeWindow: { Mode: 'OFF' },
    Target: {
      Arn: WORKER,
      RoleArn: 'arn:aws:iam::111122223333:role/sleepconnect-scheduler-develop',
      Input: '{"kind":"sweep-outbox"}',
      RetryPolicy: { MaximumRetryAttempts: 2, MaximumEventAgeInSeconds: 60 },
      DeadLetterConfig: { Arn: `${QUEUE}sweeps-failed-develop` },
    },
  })
  expect(at('OutreachWorkerFunction').DeadLetterConfig).toEqual({ TargetArn: `${QUEUE}sweeps-failed-develop` })
  expect(at('SweepsFailedQueue').RedriveAllowPolicy).toEqual({ redrivePermission: 'denyAll' })
})

test('only the worker is called by anything: a release calls migrations, the site’s API the backend', () => {
  const called = ['AWS::Lambda::EventSourceMapping', 'AWS::Scheduler::Schedule', 'AWS::Lambda::Permission'].flatMap(
    (type) => ofType(stack, type).map(([id]) => id),
  )
  expect(called.toSorted()).toEqual(['InboundMapping', 'OutboxMapping', 'OutboxSweepSchedule'])
})

interface Placeholder {
  readonly handler: (event: unknown) => Promise<unknown>
}

function placeholder(id: string): Placeholder['handler'] {
  const { ZipFile } = at(id).Code as { readonly ZipFile: string }
  const module = { exports: {} as Placeholder }
  new Function('exports', ZipFile)(module.exports)
  return module.exports.handler
}

test('A1: before the first release no message is lost: each comes back as failed', async () => {
  const answer = await placeholder('OutreachWorkerFunction')({ Records: [{ messageId: 'a' }, { messageId: 'b' }] })
  expect(answer).toEqual({ batchItemFailures: [{ itemIdentifier: 'a' }, { itemIdentifier: 'b' }] })
  expect(await placeholder('OutreachWorkerFunction')({ kind: 'sweep-outbox' })).toEqual({ batchItemFailures: [] })
})

test('D11: before the first release nothing pretends to have migrated or answered', async () => {
  await expect(placeholder('OutreachMigrationsFunction')({})).rejects.toThrow('Nothing has been released here yet.')
  expect(await placeholder('OutreachApiFunction')({})).toMatchObject({ statusCode: 503 })
})
