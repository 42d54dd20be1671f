import { objectives } from '@sax/topology'
import { type CfnLogGroup, CfnMetricFilter } from 'aws-cdk-lib/aws-logs'
import type { Stack } from 'aws-cdk-lib/core'
import type { StageDescription } from '../stage-description.ts'
import { alarm, type Measured, metric } from './alarm.ts'

/** Says when a patient's reply takes longer than promised until the screen has it, as the change feed writes it down. */
export function replyVisible(stack: Stack, described: StageDescription, backendLogs: CfnLogGroup): void {
  const measured = replyVisibleMetric(described)
  new CfnMetricFilter(stack, 'ReplyVisible', {
    filterName: `sleepconnect-${described.stage}-ReplyVisible`,
    logGroupName: backendLogs.ref,
    filterPattern: '{ $.replyVisibleMs >= 0 }',
    metricTransformations: [
      {
        metricNamespace: measured.namespace,
        metricName: measured.name,
        metricValue: '$.replyVisibleMs',
        unit: 'Milliseconds',
      },
    ],
  })
  alarm(stack, described, 'ReplyVisible', {
    what: 'a reply takes longer than promised until the screen has it. The change feed writes replyVisibleMs for pages that somebody looks at. While nobody does there is no data, and that is no breach',
    metrics: [metric('m', measured)],
    above: objectives.replyVisibleMs,
    breaching: 2,
    of: 3,
  })
}

export function replyVisibleMetric({ stage }: Pick<StageDescription, 'stage'>): Measured {
  return { namespace: `sleepconnect/${stage}`, name: 'ReplyVisibleMs', dimensions: {}, stat: 'Maximum' }
}
