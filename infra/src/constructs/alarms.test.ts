import { expect, test } from 'vitest'
import { exampleStage, ofType, stackIn, synthesized } from '../test/synthesized.ts'

interface Alarm {
  readonly AlarmName: string
  readonly Threshold: number
  readonly AlarmActions: readonly string[]
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

test("the checklist's two queries are saved for the site's log groups", () => {
  expect(ofType(site, 'AWS::Logs::QueryDefinition').map(([, { Properties }]) => Properties)).toEqual([
    {
      Name: 'sleepconnect/production/api-route-execution',
      QueryString:
        'fields @timestamp, @message\n| filter @message like /TEMPLATES API/\n| sort @timestamp desc\n| limit 100',
      LogGroupNames: [
        '/aws/lambda/sax-lambda-us-east-1-0x-p-sleep-connect-server_production',
        '/aws/lambda/sax-lambda-us-east-1-0x-p-outreach-server_production',
      ],
    },
    {
      Name: 'sleepconnect/production/error-tracking',
      QueryString:
        'fields @timestamp, @message\n| filter @message like /ERROR/ or @message like /Failed/\n| sort @timestamp desc\n| limit 50',
      LogGroupNames: [
        '/aws/lambda/sax-lambda-us-east-1-0x-p-sleep-connect-server_production',
        '/aws/lambda/sax-lambda-us-east-1-0x-p-outreach-server_production',
      ],
    },
  ])
})

test('the dashboard has a row for every distribution and every function', () => {
  const body = JSON.stringify(site.resources.Dashboard?.Properties.DashboardBody)
  const titles = [...body.matchAll(/\\"title\\":\\"([\w-]+): /g)].map(([, name]) => name)
  expect([...new Set(titles)]).toEqual([
    'SleepconnectDistribution',
    'OutreachDistribution',
    'outreach-api',
    'outreach-worker',
    'outreach-migrations',
    'sleep-connect-server',
    'outreach-server',
    'outreach-api-routes',
  ])
  expect(titles).toHaveLength(22)
})
