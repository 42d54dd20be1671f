import { CfnAlarm } from 'aws-cdk-lib/aws-cloudwatch'
import type { Stack } from 'aws-cdk-lib/core'
import { alarmName } from '../alarm-names.ts'
import { arnOf } from '../arn.ts'
import { alarmTopicName } from '../resource-names.ts'
import type { StageDescription } from '../stage-description.ts'

/** Breached above one number or below another. In the metric's own unit. */
type Threshold = { readonly above: number } | { readonly below: number }

export type AlarmProps = Threshold & {
  /** What is wrong, for the person who is woken. */
  readonly what: string
  readonly metrics: readonly CfnAlarm.MetricDataQueryProperty[]
  /** Periods that breach before anybody is woken, out of the last `of`. */
  readonly breaching: number
  readonly of: number
}

/**
 * An alarm that tells the stage's topic when it goes off and when it is over. No data is no breach: at night nobody asks.
 * The topic is named by ARN, so that an alarm of either stack may use it.
 */
export function alarm(
  stack: Stack,
  described: StageDescription,
  id: string,
  { what, metrics, breaching, of, ...threshold }: AlarmProps,
) {
  const topic = arnOf(described, 'sns', alarmTopicName(described.stage))
  return new CfnAlarm(stack, `${id}Alarm`, {
    alarmName: alarmName(described.stage, id),
    alarmDescription: what,
    metrics: [...metrics],
    threshold: 'above' in threshold ? threshold.above : threshold.below,
    comparisonOperator: 'above' in threshold ? 'GreaterThanThreshold' : 'LessThanThreshold',
    evaluationPeriods: of,
    datapointsToAlarm: breaching,
    treatMissingData: 'notBreaching',
    alarmActions: [topic],
    okActions: [topic],
  })
}

export interface Measured {
  readonly namespace: string
  readonly name: string
  readonly dimensions: Readonly<Record<string, string>>
  /** `Sum`, `Average`, `Maximum` or a percentile such as `p95`. */
  readonly stat: string
  /** Seconds over which it is taken together. Default 300. */
  readonly periodSec?: number
}

/** Seconds over which a metric is taken together, unless it says otherwise. */
export const PERIOD_SEC = 300

/** A metric as an alarm takes it. Only one of an alarm's metrics may return data; the others feed an expression. */
export function metric(
  id: string,
  { namespace, name, dimensions, stat, periodSec = PERIOD_SEC }: Measured,
  returnData = true,
) {
  return {
    id,
    returnData,
    metricStat: {
      metric: {
        namespace,
        metricName: name,
        dimensions: Object.entries(dimensions).map(([key, value]) => ({ name: key, value })),
      },
      period: periodSec,
      stat,
    },
  }
}
