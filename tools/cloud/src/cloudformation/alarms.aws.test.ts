import { CloudWatchClient, DescribeAlarmsCommand, SetAlarmStateCommand } from '@aws-sdk/client-cloudwatch'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { asOwner } from '../../test/clients.ts'
import { stacksOf } from '../../test/stacks.ts'
import { type Cloud, startCloud } from '../index.ts'

let cloud: Cloud
let stacks: ReturnType<typeof stacksOf>
let cloudWatch: CloudWatchClient
beforeAll(async () => {
  cloud = await startCloud({ accountId: '111122223333' })
  stacks = stacksOf(cloud)
  cloudWatch = new CloudWatchClient(asOwner(cloud))
})
afterAll(() => cloud.stop())
beforeEach(() => cloud.reset())

const withAlarm = (threshold: number) => ({
  Resources: {
    Failing: {
      Type: 'AWS::CloudWatch::Alarm',
      Properties: {
        ...{ AlarmName: 'failing', AlarmDescription: 'calls end in an error', TreatMissingData: 'notBreaching' },
        ...{ ComparisonOperator: 'GreaterThanThreshold', Threshold: threshold },
        ...{ EvaluationPeriods: 3, DatapointsToAlarm: 2 },
        Metrics: [
          {
            ...{ Id: 'm', ReturnData: true },
            MetricStat: {
              ...{ Period: 300, Stat: 'Sum' },
              Metric: {
                ...{ Namespace: 'AWS/Lambda', MetricName: 'Errors' },
                Dimensions: [{ Name: 'FunctionName', Value: 'fn' }],
              },
            },
          },
        ],
      },
    },
    Other: { Type: 'AWS::Logs::LogGroup', Properties: { LogGroupName: 'other' } },
  },
})

const described = async () =>
  (await cloudWatch.send(new DescribeAlarmsCommand({ AlarmNames: ['failing', 'of-nobody'] }))).MetricAlarms ?? []

test('an alarm of a stack is one that CloudWatch describes, until the stack has it no more', async () => {
  await stacks.apply('s', withAlarm(0))
  expect(await described()).toMatchObject([
    { AlarmName: 'failing', StateValue: 'OK', Threshold: 0, EvaluationPeriods: 3, DatapointsToAlarm: 2 },
  ])
  await stacks.apply('s', withAlarm(5))
  expect(await described()).toMatchObject([{ AlarmName: 'failing', Threshold: 5 }])
  const { Other } = withAlarm(5).Resources
  await stacks.apply('s', { Resources: { Other } })
  expect(await described()).toEqual([])
})

test('its state is what somebody set it to', async () => {
  await stacks.apply('s', withAlarm(0))
  await cloudWatch.send(
    new SetAlarmStateCommand({ AlarmName: 'failing', StateValue: 'ALARM', StateReason: 'to see what happens' }),
  )
  expect(await described()).toMatchObject([{ AlarmName: 'failing', StateValue: 'ALARM' }])
})
