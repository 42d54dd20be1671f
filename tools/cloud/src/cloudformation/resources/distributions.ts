import type * as sdk from '@aws-sdk/client-cloudfront'
import { cloudFrontHandlers } from '../../cloudfront/cloudfront.ts'
import type { Handlers } from '../../server/own-api.ts'
import type { JsonObject } from '../engine/template.ts'
import { distributionFromApi, distributionToApi } from './distribution-shape.ts'
import { type Kind, orAbsent, tagsOf, type Work } from './kind.ts'

type Front = Handlers<sdk.CloudFront>

/** Calls CloudFront as its API would be called, by the account of the stack. */
export function frontOf({ world, accountId, region }: Work) {
  const handlers = cloudFrontHandlers(world.cloudFront)
  const context = { accountId, region, accessKeyId: 'cloudformation' }
  return async <Name extends keyof Front>(
    name: Name,
    input: Parameters<NonNullable<Front[Name]>>[0],
  ): Promise<Awaited<ReturnType<NonNullable<Front[Name]>>>> => {
    const handler = handlers[name] as ((given: typeof input, context: object) => unknown) | undefined
    if (handler === undefined) throw new Error(`CloudFront has no ${String(name)} here`)
    return (await handler(input, context)) as Awaited<ReturnType<NonNullable<Front[Name]>>>
  }
}

/** @source AWS CloudFormation Template Reference, "AWS::CloudFront::Distribution" */
export const distribution: Kind = {
  type: 'AWS::CloudFront::Distribution',
  drift: true,
  importable: true,
  create: async (properties, work) => {
    const { Distribution } = await frontOf(work)('createDistributionWithTags', {
      DistributionConfigWithTags: {
        DistributionConfig: distributionToApi(properties, crypto.randomUUID()),
        Tags: { Items: tagsOf(properties) },
      },
    })
    const { Id = '', DomainName } = Distribution ?? {}
    // CloudFormation waits until it is deployed.
    work.world.cloudFront.distribution(work.accountId, Id).looksLeft = 0
    return { id: Id, attributes: { Id, DomainName } }
  },
  update: async ({ id, attributes }, properties, _before, work) => {
    const stored = work.world.cloudFront.distribution(work.accountId, id)
    const DistributionConfig = distributionToApi(properties, stored.config.CallerReference ?? '')
    await frontOf(work)('updateDistribution', { Id: id, IfMatch: stored.etag, DistributionConfig })
    stored.looksLeft = 0
    stored.tags.clear()
    for (const { Key, Value } of tagsOf(properties)) stored.tags.set(Key, Value)
    return attributes
  },
  delete: async ({ id }, _properties, work) => {
    const front = frontOf(work)
    const stored = await orAbsent(Promise.resolve().then(() => work.world.cloudFront.distribution(work.accountId, id)))
    if (stored === undefined) return
    // CloudFormation disables it first.
    const DistributionConfig = { ...stored.config, Enabled: false }
    await front('updateDistribution', { Id: id, IfMatch: stored.etag, DistributionConfig })
    stored.looksLeft = 0
    await front('deleteDistribution', { Id: id, IfMatch: stored.etag })
  },
  read: async ({ Id }, { world, accountId }) => {
    const stored = world.cloudFront.of(accountId).find(({ id }) => id === Id)
    if (stored === undefined) return undefined
    const Tags = [...stored.tags].map(([Key, Value]) => ({ Key, Value }))
    return {
      id: stored.id,
      attributes: { Id, DomainName: stored.domainName },
      properties: {
        DistributionConfig: distributionFromApi(stored.config),
        ...(Tags.length === 0 ? {} : { Tags }),
      },
    }
  },
  list: async ({ world, accountId }) => world.cloudFront.of(accountId).map(({ id }) => ({ Id: id })),
}

/** @source AWS CloudFormation Template Reference, "AWS::CloudFront::MonitoringSubscription" */
export const monitoringSubscription: Kind = {
  type: 'AWS::CloudFront::MonitoringSubscription',
  drift: false,
  importable: true,
  create: async (properties, work) => {
    const DistributionId = String(properties.DistributionId)
    const MonitoringSubscription = properties.MonitoringSubscription as sdk.MonitoringSubscription
    await frontOf(work)('createMonitoringSubscription', { DistributionId, MonitoringSubscription })
    return { id: DistributionId, attributes: {} }
  },
  update: async ({ id }, properties, _before, { world, accountId }) => {
    const { RealtimeMetricsSubscriptionConfig } = properties.MonitoringSubscription as sdk.MonitoringSubscription
    const status = RealtimeMetricsSubscriptionConfig?.RealtimeMetricsSubscriptionStatus ?? 'Enabled'
    world.cloudFront.distribution(accountId, id).metrics = status
    return {}
  },
  delete: async ({ id }, _properties, work) => {
    await orAbsent(frontOf(work)('deleteMonitoringSubscription', { DistributionId: id }))
  },
  read: async ({ DistributionId }, { world, accountId }) => {
    const stored = world.cloudFront.of(accountId).find(({ id }) => id === DistributionId)
    if (stored?.metrics === undefined) return undefined
    return { id: stored.id, attributes: {}, properties: { DistributionId, ...subscription(stored.metrics) } }
  },
}

function subscription(status: string): JsonObject {
  return {
    MonitoringSubscription: { RealtimeMetricsSubscriptionConfig: { RealtimeMetricsSubscriptionStatus: status } },
  }
}
