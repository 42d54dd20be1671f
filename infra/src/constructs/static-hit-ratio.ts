import { assetLayout, objectives } from '@sax/topology'
import { CfnDistribution } from 'aws-cdk-lib/aws-cloudfront'
import type { CfnKey } from 'aws-cdk-lib/aws-kms'
import {
  CfnDelivery,
  CfnDeliveryDestination,
  type CfnLogGroup,
  CfnMetricFilter,
  CfnResourcePolicy,
} from 'aws-cdk-lib/aws-logs'
import type { Stack } from 'aws-cdk-lib/core'
import { arnOf } from '../arn.ts'
import { staticFilesLogGroupName } from '../resource-names.ts'
import type { StageDescription } from '../stage-description.ts'
import { accessLogSource, oneByOne } from './access-log-delivery.ts'
import { alarm, type Measured, metric } from './alarm.ts'
import { encryptedLogGroup } from './log-group.ts'
import { allow } from './policy-statement.ts'
import { resourcesOf, type TopologyResources } from './topology-resources.ts'

/** What is needed to tell a file from a page and a hit from a miss. No address, no name, no query. */
const FIELDS = ['cs-uri-stem', 'x-edge-result-type']

/** Log lines come within the hour, so that a shorter period would be judged before it is known. */
const PERIOD_SEC = 3600
/** Files in an hour below which the share says nothing: the first to ask for a file always misses. */
const ENOUGH = 200

/**
 * Measures which share of hashed files the edges answer by themselves. CloudFront's own measure counts pages too, which
 * are never stored. @source AWS CloudFront Developer Guide, "Configure standard logging (v2)" and "Standard logging reference"
 */
export function staticHitRatio(stack: Stack, described: StageDescription, site: TopologyResources, key: CfnKey): void {
  const name = staticFilesLogGroupName(described.stage)
  const group = encryptedLogGroup(stack, described, key, { id: 'StaticFiles', name })
  deliver(stack, described, site, group)
  const files = described.zones
    .flatMap((zone) => assetLayout(zone).filter(({ from }) => from === '.next/static'))
    .map(({ keyPrefix }) => `$.cs-uri-stem = "/${keyPrefix}*"`)
  const results = (...kinds: readonly string[]) => kinds.map((kind) => `$.x-edge-result-type = "${kind}"`)
  const count = (id: 'Asked' | 'FromCache', kinds: readonly string[]) =>
    // @source Amazon CloudWatch Logs User Guide, "Using filter patterns to match terms in JSON log events"
    new CfnMetricFilter(stack, `StaticFiles${id}`, {
      filterName: `sleepconnect-${described.stage}-StaticFiles${id}`,
      logGroupName: group.ref,
      filterPattern: `{ (${files.join(' || ')}) && (${results(...kinds).join(' || ')}) }`,
      metricTransformations: [
        { metricNamespace: `sleepconnect/${described.stage}`, metricName: `StaticFiles${id}`, metricValue: '1' },
      ],
    })
  count('Asked', ['Hit', 'RefreshHit', 'Miss'])
  count('FromCache', ['Hit', 'RefreshHit'])
  alarm(stack, described, 'StaticFilesHitRatio', {
    what: 'hashed files: fewer than promised are answered from the cache',
    metrics: [
      // Without a single hit there is no metric of hits: that is none, not nothing.
      { id: 'ratio', expression: `IF(asked >= ${ENOUGH}, FILL(hits, 0) / asked, 1)`, returnData: true },
      metric('asked', staticFilesMetric(described, 'Asked'), false),
      metric('hits', staticFilesMetric(described, 'FromCache'), false),
    ],
    below: objectives.staticHitRatio,
    breaching: 2,
    of: 3,
  })
}

export function staticFilesMetric({ stage }: Pick<StageDescription, 'stage'>, name: 'Asked' | 'FromCache'): Measured {
  return {
    namespace: `sleepconnect/${stage}`,
    name: `StaticFiles${name}`,
    dimensions: {},
    stat: 'Sum',
    periodSec: PERIOD_SEC,
  }
}

/** A second delivery of the same log, beside the one into the bucket. */
function deliver(stack: Stack, described: StageDescription, site: TopologyResources, group: CfnLogGroup): void {
  const { stage, facts } = described
  const groupArn = arnOf(described, 'logs', `log-group:${staticFilesLogGroupName(stage)}`)
  // @source Amazon CloudWatch Logs User Guide, "Enable logging from AWS services" (logs sent to CloudWatch Logs)
  const policy = new CfnResourcePolicy(stack, 'StaticFilesLogsPolicy', {
    policyName: `sleepconnect-static-files-${stage}`,
    policyDocument: JSON.stringify({
      Version: '2012-10-17',
      Statement: [
        {
          ...allow(['logs:CreateLogStream', 'logs:PutLogEvents'], `${groupArn}:log-stream:*`, {
            StringEquals: { 'aws:SourceAccount': facts.accountId },
            ArnLike: { 'aws:SourceArn': arnOf(described, 'logs', '*') },
          }),
          Principal: { Service: 'delivery.logs.amazonaws.com' },
        },
      ],
    }),
  })
  const destination = new CfnDeliveryDestination(stack, 'StaticFilesDestination', {
    name: `sleepconnect-static-files-${stage}`,
    destinationResourceArn: groupArn,
    outputFormat: 'json',
  })
  destination.addResourceDependency(group)
  for (const [id] of resourcesOf(site, CfnDistribution.isCfnDistribution)) {
    const source = accessLogSource(stack, id)
    const delivery = new CfnDelivery(stack, `${id}StaticFilesDelivery`, {
      deliverySourceName: source.name,
      deliveryDestinationArn: arnOf(described, 'logs', `delivery-destination:${destination.name}`),
      recordFields: FIELDS,
    })
    for (const first of [source, destination, policy]) delivery.addResourceDependency(first)
    oneByOne(stack, delivery)
  }
}
