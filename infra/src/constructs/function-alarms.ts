import { LIVE_ALIAS, objectives } from '@sax/topology'
import { type CfnLogGroup, CfnMetricFilter } from 'aws-cdk-lib/aws-logs'
import type { Stack } from 'aws-cdk-lib/core'
import { answersPeople, type StageFunction } from '../functions.ts'
import type { StageDescription } from '../stage-description.ts'
import { alarm, type Measured, metric } from './alarm.ts'

/** Says when a function fails, is refused for want of capacity, or keeps somebody waiting longer than promised. */
export function functionAlarms(stack: Stack, described: StageDescription, fn: StageFunction): void {
  const watch = (what: string, name: string, stat: string, above: number, breaching: number, of: number) =>
    alarm(stack, described, `${fn.id}${name}`, {
      what: `${fn.role}: ${what}`,
      metrics: [metric('m', functionMetric(fn, name, stat))],
      ...{ above, breaching, of },
    })
  watch('calls end in an error', 'Errors', 'Sum', 0, 2, 3)
  watch('calls are refused, its concurrency is used up', 'Throttles', 'Sum', 0, 1, 1)
  if (!answersPeople(fn)) return
  watch('one warm answer in twenty takes longer than promised', 'Duration', 'p95', objectives.warmMs, 3, 3)
}

/** A metric of what traffic follows; a version that is only being tried does not count. */
export function functionMetric({ functionName }: StageFunction, name: string, stat: string): Measured {
  return {
    namespace: 'AWS/Lambda',
    name,
    dimensions: { FunctionName: functionName, Resource: `${functionName}:${LIVE_ALIAS}` },
    stat,
  }
}

/**
 * Says when a start takes longer than promised. Lambda measures that in its own log lines only; the alarm is for every
 * function that writes into the group. @source AWS Lambda Developer Guide, "Lambda Telemetry API event schema" (platform.report)
 * That the line is written at level INFO is known only second-hand.
 */
export function coldStartAlarm(
  stack: Stack,
  described: StageDescription,
  logGroup: CfnLogGroup,
  fn: StageFunction,
): void {
  const measured = coldStartMetric(described, fn)
  new CfnMetricFilter(stack, `${fn.id}ColdStarts`, {
    filterName: `sleepconnect-${described.stage}-${fn.id}ColdStarts`,
    logGroupName: logGroup.ref,
    filterPattern: '{ $.type = "platform.report" && $.record.metrics.initDurationMs > 0 }',
    metricTransformations: [
      {
        metricNamespace: measured.namespace,
        metricName: measured.name,
        metricValue: '$.record.metrics.initDurationMs',
        unit: 'Milliseconds',
      },
    ],
  })
  alarm(stack, described, `${fn.id}ColdStarts`, {
    what: `${fn.role}: a start takes longer than promised`,
    metrics: [metric('m', measured)],
    above: objectives.coldStartMs,
    breaching: 2,
    of: 3,
  })
}

/** Starts are measured per log group: functions that share one share the measure. */
export function coldStartMetric({ stage }: Pick<StageDescription, 'stage'>, { logs }: StageFunction): Measured {
  return { namespace: `sleepconnect/${stage}`, name: `${logs.id}ColdStartMs`, dimensions: {}, stat: 'Maximum' }
}
