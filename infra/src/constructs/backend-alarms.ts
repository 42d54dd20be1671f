import type { Stack } from 'aws-cdk-lib/core'
import { type QueueId, queueNames } from '../queues.ts'
import { clusterName, logicalIdOf, proxyName } from '../resource-names.ts'
import type { StageDescription } from '../stage-description.ts'
import { alarm, type Measured, metric } from './alarm.ts'

/** Seconds that a message may wait: a queue that is worked on is empty within one. */
const WAITING_SEC = 120
const BUSY_PERCENT = 90
/** Microseconds that a function may wait for a connection. */
const BORROW_US = 200_000

/** Says when messages wait or are put aside. */
export function queueAlarms(stack: Stack, described: StageDescription): void {
  for (const id of ['outbox', 'inbound'] as const) {
    alarm(stack, described, `${logicalIdOf(id)}Age`, {
      what: `${id}: a message has waited for more than ${WAITING_SEC} seconds`,
      metrics: [metric('m', queueMetric(described, id, 'ApproximateAgeOfOldestMessage'))],
      above: WAITING_SEC,
      breaching: 1,
      of: 1,
    })
  }
  for (const id of ['outbox-failed', 'inbound-failed', 'sweeps-failed'] as const) {
    alarm(stack, described, logicalIdOf(id), {
      what: `${id}: something was tried again and again, and put aside`,
      metrics: [metric('m', queueMetric(described, id, 'ApproximateNumberOfMessagesVisible'))],
      above: 0,
      breaching: 1,
      of: 1,
    })
  }
}

/** Says when the stage's own cluster is used up. Somebody else's is theirs to watch. */
export function clusterAlarms(stack: Stack, described: StageDescription): void {
  const watch = (id: string, what: string, name: string) =>
    alarm(stack, described, id, {
      what: `database: ${what}`,
      metrics: [metric('m', clusterMetric(described, name))],
      above: BUSY_PERCENT,
      breaching: 3,
      of: 3,
    })
  watch('DatabaseCapacity', 'it has grown to what the stage allows; raise maxAcu', 'ACUUtilization')
  watch('DatabaseCpu', 'its processors are busy', 'CPUUtilization')
}

/** Says when functions wait for connections, or the proxy gets none. */
export function proxyAlarms(stack: Stack, described: StageDescription): void {
  alarm(stack, described, 'DatabaseProxyBorrow', {
    what: 'database proxy: functions wait for a connection',
    metrics: [metric('m', proxyMetric(described, 'DatabaseConnectionsBorrowLatency', 'Average'))],
    above: BORROW_US,
    breaching: 3,
    of: 3,
  })
  alarm(stack, described, 'DatabaseProxySetup', {
    what: 'database proxy: it cannot connect to the database',
    metrics: [metric('m', proxyMetric(described, 'DatabaseConnectionsSetupFailed', 'Sum'))],
    above: 0,
    breaching: 2,
    of: 3,
  })
}

export function queueMetric({ stage }: StageDescription, id: QueueId, name: string): Measured {
  return { namespace: 'AWS/SQS', name, dimensions: { QueueName: queueNames(stage)[id] }, stat: 'Maximum' }
}

/** @source Amazon Aurora User Guide, "Important Amazon CloudWatch metrics for Aurora Serverless v2" */
export function clusterMetric({ stage }: StageDescription, name: string): Measured {
  return { namespace: 'AWS/RDS', name, dimensions: { DBClusterIdentifier: clusterName(stage) }, stat: 'Average' }
}

/** @source Amazon Aurora User Guide, "Monitoring RDS Proxy metrics with Amazon CloudWatch" */
function proxyMetric({ stage }: StageDescription, name: string, stat: string): Measured {
  return { namespace: 'AWS/RDS', name, dimensions: { ProxyName: proxyName(stage) }, stat }
}
