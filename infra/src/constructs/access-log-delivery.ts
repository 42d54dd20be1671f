import { CfnDistribution } from 'aws-cdk-lib/aws-cloudfront'
import { CfnDelivery, CfnDeliveryDestination, CfnDeliverySource } from 'aws-cdk-lib/aws-logs'
import type { Stack } from 'aws-cdk-lib/core'
import { arnOf } from '../arn.ts'
import { accessLogBucketName } from '../resource-names.ts'
import type { StageDescription } from '../stage-description.ts'
import type { AccessLogBucket } from './access-log-bucket.ts'
import { resourcesOf, type TopologyResources } from './topology-resources.ts'

/**
 * What is kept of a request. Left out: the query, the referrer and the cookies, for a search may name a patient and a
 * cookie is a session. CloudFront's older way of logging cannot leave anything out; this one demands no field.
 * @source AWS CloudFront Developer Guide, "Configure standard logging (v2)" and "Standard logging reference"
 */
const FIELDS = [
  ...['date', 'time', 'x-edge-location', 'sc-bytes', 'c-ip', 'cs-method', 'cs(Host)', 'cs-uri-stem', 'sc-status'],
  ...['cs(User-Agent)', 'x-edge-result-type', 'x-edge-request-id', 'x-host-header', 'cs-protocol', 'cs-bytes'],
  ...['time-taken', 'ssl-protocol', 'ssl-cipher', 'x-edge-response-result-type', 'cs-protocol-version'],
  ...['time-to-first-byte', 'x-edge-detailed-result-type', 'sc-content-type', 'sc-content-len'],
]

/** Delivers each distribution's access log to the bucket. */
export function accessLogDelivery(
  stack: Stack,
  described: StageDescription,
  site: TopologyResources,
  { bucket, policy }: AccessLogBucket,
): void {
  const { stage, facts } = described
  const destination = new CfnDeliveryDestination(stack, 'AccessLogsDestination', {
    name: `sleepconnect-access-logs-${stage}`,
    destinationResourceArn: `arn:aws:s3:::${accessLogBucketName(stage, facts)}`,
    outputFormat: 'json',
  })
  destination.addResourceDependency(bucket)
  for (const [id, distribution] of resourcesOf(site, CfnDistribution.isCfnDistribution)) {
    const source = new CfnDeliverySource(stack, sourceId(id), {
      name: `sleepconnect-${stage}-${id}`,
      resourceArn: `arn:aws:cloudfront::${facts.accountId}:distribution/${distribution.ref}`,
      logType: 'ACCESS_LOGS',
    })
    const delivery = new CfnDelivery(stack, `${id}AccessLogDelivery`, {
      deliverySourceName: source.name,
      deliveryDestinationArn: arnOf(described, 'logs', `delivery-destination:${destination.name}`),
      recordFields: FIELDS,
    })
    delivery.addResourceDependency(source)
    delivery.addResourceDependency(destination)
    // Otherwise the service would write a policy of its own.
    delivery.addResourceDependency(policy)
    oneByOne(stack, delivery)
  }
}

/**
 * Has a delivery wait for the one before it. CloudWatch Logs makes one at a time of a source or to a destination, and
 * refuses another meanwhile: "Requested resource is currently being updated."
 * @source hashicorp/terraform-provider-aws, issue 42194 (CreateDelivery, ConflictException)
 */
export function oneByOne(stack: Stack, delivery: CfnDelivery): void {
  const all = stack.node.children.filter((child) => child instanceof CfnDelivery)
  const before = all[all.indexOf(delivery) - 1]
  if (before !== undefined) delivery.addResourceDependency(before)
}

/** Where a distribution's access log comes from; it can be delivered to more than one place. */
export function accessLogSource(stack: Stack, distributionId: string): CfnDeliverySource {
  const found = stack.node.tryFindChild(sourceId(distributionId))
  if (!(found instanceof CfnDeliverySource)) throw new RangeError(`${distributionId} has no access log`)
  return found
}

const sourceId = (distributionId: string) => `${distributionId}AccessLog`
