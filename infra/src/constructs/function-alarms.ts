import { type FunctionRole, functionName, LIVE_ALIAS, objectives } from '@sax/topology'
import { type CfnLogGroup, CfnMetricFilter } from 'aws-cdk-lib/aws-logs'
import type { Stack } from 'aws-cdk-lib/core'
import type { AccountFacts, DeployedStage } from '../account-facts.ts'
import { functionIds } from '../functions.ts'
import { alarm, type Measured, metric } from './alarm.ts'

export interface FunctionAlarmsProps {
  readonly stage: DeployedStage
  readonly facts: AccountFacts
  readonly role: FunctionRole
}

/** Says when a function fails, is refused for want of capacity, or answers slower than promised. */
export function functionAlarms(stack: Stack, { stage, facts, role }: FunctionAlarmsProps): void {
  const id = functionIds[role]
  const watch = (what: string, name: string, stat: string, above: number, breaching: number, of: number) =>
    alarm(stack, `${id}${name}`, {
      stage,
      facts,
      what: `${role}: ${what}`,
      metrics: [metric('m', functionMetric(stage, role, name, stat))],
      above,
      breaching,
      of,
    })
  watch('calls end in an error', 'Errors', 'Sum', 0, 2, 3)
  watch('calls are refused, its concurrency is used up', 'Throttles', 'Sum', 0, 1, 1)
  watch('one warm answer in twenty takes longer than promised', 'Duration', 'p95', objectives.warmMs, 3, 3)
}

/** A metric of what traffic follows; a version that is only being tried does not count. */
export function functionMetric(stage: DeployedStage, role: FunctionRole, name: string, stat: string): Measured {
  const FunctionName = functionName(stage, role)
  return {
    namespace: 'AWS/Lambda',
    name,
    dimensions: { FunctionName, Resource: `${FunctionName}:${LIVE_ALIAS}` },
    stat,
  }
}

/**
 * Says when a start takes longer than promised. Lambda measures that in its own log lines only; the alarm is for every
 * function that writes into the group. @source AWS Lambda Developer Guide, "Lambda Telemetry API event schema" (platform.report)
 * That the line is written at level INFO is known only second-hand.
 */
export function coldStartAlarm(stack: Stack, logGroup: CfnLogGroup, { stage, facts, role }: FunctionAlarmsProps): void {
  const id = functionIds[role]
  const { namespace, name } = coldStartMetric(stage, role)
  new CfnMetricFilter(stack, `${id}ColdStarts`, {
    filterName: `sleepconnect-${stage}-${id}ColdStarts`,
    logGroupName: logGroup.ref,
    filterPattern: '{ $.type = "platform.report" && $.record.metrics.initDurationMs > 0 }',
    metricTransformations: [
      {
        metricNamespace: namespace,
        metricName: name,
        metricValue: '$.record.metrics.initDurationMs',
        unit: 'Milliseconds',
      },
    ],
  })
  alarm(stack, `${id}ColdStarts`, {
    stage,
    facts,
    what: `${role}: a start takes longer than promised`,
    metrics: [metric('m', coldStartMetric(stage, role))],
    above: objectives.coldStartMs,
    breaching: 2,
    of: 3,
  })
}

export function coldStartMetric(stage: DeployedStage, role: FunctionRole): Measured {
  return {
    namespace: `sleepconnect/${stage}`,
    name: `${functionIds[role]}ColdStartMs`,
    dimensions: {},
    stat: 'Maximum',
  }
}
