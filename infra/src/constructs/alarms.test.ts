import { expect, test } from 'vitest'
import { backendAlarmNames } from '../alarm-names.ts'
import { exampleStage, ofType, stackIn, synthesized } from '../test/synthesized.ts'

interface Alarm {
  readonly AlarmName: string
  readonly Threshold: number
  readonly AlarmActions: readonly string[]
  readonly AlarmDescription: string
  readonly ComparisonOperator: string
  readonly Metrics: readonly { readonly Id: string; readonly Expression?: string; readonly ReturnData: boolean }[]
}

const stacks = synthesized([exampleStage('production')])
const site = stackIn(stacks, 'sleepconnect-production-edge')
const backend = stackIn(stacks, 'sleepconnect-backend-production')
const alarms = [site, backend].flatMap((stack) =>
  ofType(stack, 'AWS::CloudWatch::Alarm').map(([, { Properties }]) => Properties as unknown as Alarm),
)
const thresholds = Object.fromEntries(
  alarms.map(({ AlarmName, Threshold }) => [AlarmName.replace('sleepconnect-production-', ''), Threshold]),
)

test("every objective that AWS measures has its alarm, at the checklist's numbers", () => {
  expect(thresholds).toEqual({
    // Percent, as CloudFront counts.
    SleepconnectDistributionServerErrors: 0.1,
    SleepconnectDistributionClientErrors: 1,
    OutreachDistributionServerErrors: 0.1,
    OutreachDistributionClientErrors: 1,
    // A fraction, reckoned from API Gateway's counts.
    HttpApiServerErrors: 0.001,
    // Milliseconds.
    SleepconnectPagesColdStarts: 3000,
    OutreachPagesColdStarts: 3000,
    OutreachApiColdStarts: 3000,
    SleepconnectPagesDuration: 500,
    OutreachPagesDuration: 500,
    OutreachApiRoutesDuration: 500,
    OutreachApiDuration: 500,
    SleepconnectPagesErrors: 0,
    OutreachPagesErrors: 0,
    OutreachApiRoutesErrors: 0,
    OutreachApiErrors: 0,
    OutreachWorkerErrors: 0,
    OutreachMigrationsErrors: 0,
    SleepconnectPagesThrottles: 0,
    OutreachPagesThrottles: 0,
    OutreachApiRoutesThrottles: 0,
    OutreachApiThrottles: 0,
    OutreachWorkerThrottles: 0,
    OutreachMigrationsThrottles: 0,
    // A fraction, and the one number that must not be gone below.
    StaticFilesHitRatio: 0.9,
    // Milliseconds.
    ReplyVisible: 3000,
    // Texts.
    UnregisteredNumber: 0,
    // Seconds.
    OutboxAge: 120,
    InboundAge: 120,
    OutboxFailed: 0,
    InboundFailed: 0,
    SweepsFailed: 0,
    // Percent.
    DatabaseCapacity: 90,
    DatabaseCpu: 90,
    // Microseconds.
    DatabaseProxyBorrow: 200_000,
    DatabaseProxySetup: 0,
  })
})

test('what is watched while traffic of the backend is shifted is there, under these names', () => {
  expect(backendAlarmNames('production')).toEqual([
    'sleepconnect-production-OutreachApiErrors',
    'sleepconnect-production-OutreachApiThrottles',
    'sleepconnect-production-OutreachApiDuration',
    'sleepconnect-production-OutreachApiColdStarts',
    'sleepconnect-production-HttpApiServerErrors',
  ])
  expect(alarms.map(({ AlarmName }) => AlarmName)).toEqual(expect.arrayContaining([...backendAlarmNames('production')]))
})

test('every number is a ceiling but the share of files that the cache answers', () => {
  const floors = alarms.filter(({ ComparisonOperator }) => ComparisonOperator !== 'GreaterThanThreshold')
  expect(floors.map(({ AlarmName, ComparisonOperator }) => [AlarmName, ComparisonOperator])).toEqual([
    ['sleepconnect-production-StaticFilesHitRatio', 'LessThanThreshold'],
  ])
})

test('an hour without a single hit is a breach, and an hour with few files says nothing', () => {
  const { Metrics } = (site.resources.StaticFilesHitRatioAlarm?.Properties ?? {}) as unknown as Alarm
  expect(Metrics[0]?.Expression).toBe('IF(asked >= 200, FILL(hits, 0) / asked, 1)')
})

test('replies are measured where the backend writes them down, and their alarm says who does', () => {
  expect(backend.resources.ReplyVisible?.Properties).toMatchObject({
    LogGroupName: { Ref: 'OutreachApiLogs' },
    FilterPattern: '{ $.replyVisibleMs >= 0 }',
    MetricTransformations: [{ MetricValue: '$.replyVisibleMs', Unit: 'Milliseconds' }],
  })
  const { AlarmDescription } = (backend.resources.ReplyVisibleAlarm?.Properties ?? {}) as unknown as Alarm
  expect(AlarmDescription).toContain('The change feed writes replyVisibleMs')
})

test('a number that no practice has is counted by what the webhook says of it', () => {
  expect(backend.resources.UnregisteredNumber?.Properties).toMatchObject({
    LogGroupName: { Ref: 'OutreachApiLogs' },
    FilterPattern: '{ $.code = "UNREGISTERED_NUMBER" }',
    MetricTransformations: [{ MetricValue: '1' }],
  })
})

test("every alarm of either stack tells the stage's one topic", () => {
  const topic = 'arn:aws:sns:us-east-1:444455556666:sleepconnect-alarms-production'
  expect(alarms.map(({ AlarmActions }) => AlarmActions)).toEqual(alarms.map(() => [topic]))
  expect(site.resources.AlarmTopic?.Properties.TopicName).toBe('sleepconnect-alarms-production')
})

test('an alarm has one number to judge, whatever that is reckoned from', () => {
  for (const { Metrics } of alarms) expect(Metrics.filter(({ ReturnData }) => ReturnData)).toHaveLength(1)
})

test('401 and 404 of probes and crawlers are not counted as client errors', () => {
  const { Metrics } = (site.resources.OutreachDistributionClientErrorsAlarm?.Properties ?? {}) as unknown as Alarm
  expect(Metrics.map(({ Id, Expression }) => Expression ?? Id)).toEqual([
    'all4xx - unauthorized - absent',
    'all4xx',
    'unauthorized',
    'absent',
  ])
})

const queries = Object.fromEntries(
  ofType(site, 'AWS::Logs::QueryDefinition').map(([id, { Properties }]) => [id, Properties]),
)
const GROUP = '/aws/lambda/sax-lambda-us-east-1-0x-p-'

test("the checklist's two queries are saved for the site's log groups", () => {
  const LogGroupNames = [`${GROUP}sleep-connect-server_production`, `${GROUP}outreach-server_production`]
  expect(queries.ApiRouteExecutionQuery).toEqual({
    Name: 'sleepconnect/production/api-route-execution',
    QueryString:
      'fields @timestamp, @message\n| filter @message like /TEMPLATES API/\n| sort @timestamp desc\n| limit 100',
    LogGroupNames,
  })
  expect(queries.ErrorTrackingQuery).toEqual({
    Name: 'sleepconnect/production/error-tracking',
    QueryString:
      'fields @timestamp, @message\n| filter @message like /ERROR/ or @message like /Failed/\n| sort @timestamp desc\n| limit 50',
    LogGroupNames,
  })
})

test('one request is found in every log group of the site and the backend, by the reference its page shows', () => {
  expect(queries.RequestTraceQuery).toEqual({
    Name: 'sleepconnect/production/request-trace',
    QueryString: [
      'fields @timestamp, @log, service, level, message, method, path, status, durationMs, code',
      'filter requestId = "PUT-THE-REFERENCE-HERE"',
      'sort @timestamp asc',
      'limit 200',
    ].join('\n| '),
    LogGroupNames: [
      `${GROUP}outreach-api_production`,
      `${GROUP}outreach-worker_production`,
      `${GROUP}outreach-migrations_production`,
      `${GROUP}sleep-connect-server_production`,
      `${GROUP}outreach-server_production`,
      '/aws/apigateway/sleepconnect-api-production',
    ],
  })
  expect(Object.keys(queries)).toHaveLength(3)
})

test('the dashboard has a row for every distribution, every promise beyond them, every function and the backend', () => {
  const body = JSON.stringify(site.resources.Dashboard?.Properties.DashboardBody)
  const titles = [...body.matchAll(/\\"title\\":\\"([\w-]+): /g)].map(([, name]) => name)
  expect([...new Set(titles)]).toEqual([
    'SleepconnectDistribution',
    'OutreachDistribution',
    'files',
    'replies',
    'outreach-api',
    'outreach-worker',
    'outreach-migrations',
    'sleep-connect-server',
    'outreach-server',
    'outreach-api-routes',
    'queues',
    'database',
  ])
  expect(titles).toHaveLength(27)
})
