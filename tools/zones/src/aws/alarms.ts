import { CloudWatchClient, DescribeAlarmsCommand, type MetricAlarm } from '@aws-sdk/client-cloudwatch'
import type { ReadAlarms } from '../release/alarms.ts'
import { type AwsSettings, clientOptions, failingPlainly } from './client-settings.ts'

/** CloudWatch looks once a minute. @source Amazon CloudWatch User Guide, "Alarm evaluation" */
const LOOKS_EVERY_SEC = 60

/** Metric alarms by name. At most a hundred are asked for at once. @source Amazon CloudWatch API Reference, "DescribeAlarms" */
export function createAlarms(settings: AwsSettings): ReadAlarms {
  const client = failingPlainly('cloudwatch', new CloudWatchClient(clientOptions(settings)))
  return async (names) => {
    const asked = { AlarmNames: [...names], AlarmTypes: ['MetricAlarm' as const], MaxRecords: 100 }
    const { MetricAlarms = [] } = await client.send(new DescribeAlarmsCommand(asked))
    return MetricAlarms.flatMap((alarm) => {
      const { AlarmName: name, StateValue: state } = alarm
      return name === undefined || state === undefined ? [] : [{ name, state, soonestSec: soonestOf(alarm) }]
    })
  }
}

/** All breaching periods but the last have to be over; in the last one a first look is enough. */
function soonestOf({
  Period,
  Metrics = [],
  EvaluationPeriods = 1,
  DatapointsToAlarm = EvaluationPeriods,
}: MetricAlarm) {
  const periodSec = Math.max(Period ?? 0, ...Metrics.map(({ MetricStat }) => MetricStat?.Period ?? 0))
  return (DatapointsToAlarm - 1) * periodSec + LOOKS_EVERY_SEC
}
