import {
  CloudFrontClient,
  CreateInvalidationCommand,
  GetDistributionCommand,
  GetInvalidationCommand,
} from '@aws-sdk/client-cloudfront'
import type { Distributions } from '../release/ports.ts'
import { isRefusedAs } from './aws-failure.ts'
import { type AwsSettings, clientOptions, failingPlainly } from './client-settings.ts'

/** Distributions, as far as a release asks them. @source Amazon CloudFront API Reference */
export function createDistributions(settings: AwsSettings): Distributions {
  const client = failingPlainly('cloudfront', new CloudFrontClient(clientOptions(settings)))
  return {
    async invalidate(DistributionId, paths, reference) {
      const { Invalidation } = await client.send(
        new CreateInvalidationCommand({
          DistributionId,
          InvalidationBatch: {
            CallerReference: reference,
            Paths: { Quantity: paths.length, Items: [...paths] },
          },
        }),
      )
      return Invalidation?.Id ?? ''
    },

    async isInvalidated(DistributionId, Id) {
      const { Invalidation } = await client.send(new GetInvalidationCommand({ DistributionId, Id }))
      return Invalidation?.Status === 'Completed'
    },

    async state(Id) {
      try {
        const { Distribution } = await client.send(new GetDistributionCommand({ Id }))
        const config = Distribution?.DistributionConfig
        return {
          status: Distribution?.Status ?? '',
          isEnabled: config?.Enabled === true,
          aliases: config?.Aliases?.Items ?? [],
          origins: Object.fromEntries(
            (config?.CacheBehaviors?.Items ?? []).map(({ PathPattern, TargetOriginId }) => [
              PathPattern ?? '',
              TargetOriginId ?? '',
            ]),
          ),
        }
      } catch (error) {
        if (isRefusedAs(error, 'NoSuchDistribution')) return undefined
        throw error
      }
    },
  }
}
