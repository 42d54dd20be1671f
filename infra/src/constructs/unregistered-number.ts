import { type CfnLogGroup, CfnMetricFilter } from 'aws-cdk-lib/aws-logs'
import type { Stack } from 'aws-cdk-lib/core'
import type { StageDescription } from '../stage-description.ts'
import { alarm, type Measured, metric } from './alarm.ts'

/** Says when patients write to a number of a pool that no practice has: what they write may be waiting for a person. */
export function unregisteredNumber(stack: Stack, described: StageDescription, backendLogs: CfnLogGroup): void {
  const measured: Measured = {
    ...{ namespace: `sleepconnect/${described.stage}`, name: 'UnregisteredNumber', dimensions: {}, stat: 'Sum' },
  }
  new CfnMetricFilter(stack, 'UnregisteredNumber', {
    filterName: `sleepconnect-${described.stage}-UnregisteredNumber`,
    logGroupName: backendLogs.ref,
    filterPattern: '{ $.code = "UNREGISTERED_NUMBER" }',
    metricTransformations: [
      { metricNamespace: measured.namespace, metricName: measured.name, metricValue: '1', unit: 'Count' },
    ],
  })
  alarm(stack, described, 'UnregisteredNumber', {
    what: 'patients text a number of the messaging service that no practice has: register it, see docs/runbooks/unregistered-number.md. What could not be placed is set aside until then',
    metrics: [metric('m', measured)],
    above: 0,
    breaching: 1,
    of: 1,
  })
}
