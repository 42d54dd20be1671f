import { isDeepStrictEqual } from 'node:util'
import type * as sdk from '@aws-sdk/client-cloudfront'
import type { Handlers } from '../server/own-api.ts'
import { AwsError } from '../wire/aws-error.ts'
import { type CloudFrontState, listOf, newId, type StoredInvalidation } from './cloudfront-state.ts'

/** Invalidations, additional metrics and tags. @source Amazon CloudFront API Reference */
export function upkeepHandlers(state: CloudFrontState): Handlers<sdk.CloudFront> {
  return { ...invalidationHandlers(state), ...metricsHandlers(state), ...tagHandlers(state) }
}

function invalidationHandlers(state: CloudFrontState): Handlers<sdk.CloudFront> {
  return {
    createInvalidation: ({ DistributionId, InvalidationBatch: batch }, { accountId }) => {
      const distribution = state.distribution(accountId, DistributionId)
      const paths = batch?.Paths?.Items ?? []
      if (batch?.CallerReference === undefined || paths.length === 0 || paths.length !== batch.Paths?.Quantity) {
        throw new AwsError('InconsistentQuantities', 'The value of Quantity and the size of Items do not match.')
      }
      if (paths.some((path) => !path.startsWith('/'))) {
        throw new AwsError('InvalidArgument', 'Your request contains one or more invalid invalidation paths.')
      }
      const same = distribution.invalidations.find((one) => one.batch.CallerReference === batch.CallerReference)
      if (same !== undefined && !isDeepStrictEqual(same.batch.Paths, batch.Paths)) {
        const message =
          'Your request contains a caller reference that was used for a previous invalidation batch for the same distribution.'
        throw new AwsError('InvalidArgument', message)
      }
      const made = same ?? {
        id: `I${newId().slice(1)}`,
        createdAt: new Date(),
        batch,
        looksLeft: Math.max(1, state.pendingLooks),
      }
      if (same === undefined) distribution.invalidations.push(made)
      const Location = `https://cloudfront.amazonaws.com/2020-05-31/distribution/${DistributionId}/invalidation/${made.id}`
      return { Invalidation: described(made), Location }
    },
    getInvalidation: ({ DistributionId, Id }, { accountId }) => {
      const found = state.distribution(accountId, DistributionId).invalidations.find(({ id }) => id === Id)
      if (found === undefined)
        throw new AwsError('NoSuchInvalidation', 'The specified invalidation does not exist.', 404)
      // It was in progress when it was made; who looks afterwards sees it done, or after so many looks.
      found.looksLeft -= 1
      return { Invalidation: described(found) }
    },
    listInvalidations: ({ DistributionId, Marker, MaxItems }, { accountId }) => {
      const all = state.distribution(accountId, DistributionId).invalidations.map((one) => {
        const { Id, CreateTime, Status } = described(one)
        return { Id, CreateTime, Status }
      })
      return { InvalidationList: listOf(all, Marker, MaxItems, ({ Id = '' }) => Id) }
    },
  }
}

function described({ id, createdAt, batch, looksLeft }: StoredInvalidation): sdk.Invalidation {
  return { Id: id, CreateTime: createdAt, Status: looksLeft > 0 ? 'InProgress' : 'Completed', InvalidationBatch: batch }
}

function metricsHandlers(state: CloudFrontState): Handlers<sdk.CloudFront> {
  const shown = (status: 'Enabled' | 'Disabled') => ({
    MonitoringSubscription: { RealtimeMetricsSubscriptionConfig: { RealtimeMetricsSubscriptionStatus: status } },
  })
  const absent = () =>
    new AwsError(
      'NoSuchMonitoringSubscription',
      'A monitoring subscription does not exist for the specified distribution.',
      404,
    )
  return {
    createMonitoringSubscription: ({ DistributionId, MonitoringSubscription: given }, { accountId }) => {
      const distribution = state.distribution(accountId, DistributionId)
      if (distribution.metrics !== undefined) {
        const message = 'A monitoring subscription already exists for the specified distribution.'
        throw new AwsError('MonitoringSubscriptionAlreadyExists', message, 409)
      }
      distribution.metrics = given?.RealtimeMetricsSubscriptionConfig?.RealtimeMetricsSubscriptionStatus ?? 'Enabled'
      return shown(distribution.metrics)
    },
    getMonitoringSubscription: ({ DistributionId }, { accountId }) => {
      const { metrics } = state.distribution(accountId, DistributionId)
      if (metrics === undefined) throw absent()
      return shown(metrics)
    },
    deleteMonitoringSubscription: ({ DistributionId }, { accountId }) => {
      const distribution = state.distribution(accountId, DistributionId)
      if (distribution.metrics === undefined) throw absent()
      delete distribution.metrics
      return {}
    },
  }
}

function tagHandlers(state: CloudFrontState): Handlers<sdk.CloudFront> {
  const tagsOf = (arn: string | undefined, accountId: string): Map<string, string> => {
    const tagged = [...state.distributions.values(), ...state.functions.values()]
    const found = tagged.find((one) => one.arn === arn && one.accountId === accountId)
    if (found === undefined) throw new AwsError('NoSuchResource', 'A resource that was specified is not valid.', 404)
    return found.tags
  }
  return {
    listTagsForResource: ({ Resource }, { accountId }) => ({
      Tags: { Items: [...tagsOf(Resource, accountId)].map(([Key, Value]) => ({ Key, Value })) },
    }),
    tagResource: ({ Resource, Tags }, { accountId }) => {
      const tags = tagsOf(Resource, accountId)
      for (const { Key = '', Value = '' } of Tags?.Items ?? []) tags.set(Key, Value)
      return {}
    },
    untagResource: ({ Resource, TagKeys }, { accountId }) => {
      const tags = tagsOf(Resource, accountId)
      for (const key of TagKeys?.Items ?? []) tags.delete(key)
      return {}
    },
  }
}
