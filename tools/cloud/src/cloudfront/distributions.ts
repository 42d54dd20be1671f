import type * as sdk from '@aws-sdk/client-cloudfront'
import type { CallContext, Handlers } from '../server/own-api.ts'
import { AwsError } from '../wire/aws-error.ts'
import { checkDistribution } from './check-distribution.ts'
import { type CloudFrontState, listOf, newId, requireMatch, type StoredDistribution } from './cloudfront-state.ts'
import type { Stores } from './stores.ts'
import { withDefaults } from './with-defaults.ts'

/** Distributions. @source Amazon CloudFront API Reference */
export function distributionHandlers(state: CloudFrontState, stores: Stores): Handlers<sdk.CloudFront> {
  const create = (given: sdk.DistributionConfig | undefined, tags: readonly sdk.Tag[], { accountId }: CallContext) => {
    if (given?.CallerReference === undefined) throw new AwsError('InvalidArgument', 'The caller reference is missing.')
    if (state.of(accountId).some(({ config }) => config.CallerReference === given.CallerReference)) {
      const message =
        'The caller reference that you are using to create a distribution is associated with another distribution.'
      throw new AwsError('DistributionAlreadyExists', message, 409)
    }
    const config = withDefaults(given)
    checkDistribution(state, stores, accountId, config)
    const made = newDistribution(state, accountId, config)
    for (const { Key = '', Value = '' } of tags) made.tags.set(Key, Value)
    const Location = `https://cloudfront.amazonaws.com/2020-05-31/distribution/${made.id}`
    return { Distribution: described(made), ETag: made.etag, Location }
  }
  return {
    createDistribution: ({ DistributionConfig }, context) => create(DistributionConfig, [], context),
    createDistributionWithTags: ({ DistributionConfigWithTags: given }, context) =>
      create(given?.DistributionConfig, given?.Tags?.Items ?? [], context),
    getDistribution: ({ Id }, { accountId }) => {
      const found = state.distribution(accountId, Id)
      const answer = { Distribution: described(found), ETag: found.etag }
      if (found.looksLeft > 0) found.looksLeft -= 1
      return answer
    },
    getDistributionConfig: ({ Id }, { accountId }) => {
      const { config, etag } = state.distribution(accountId, Id)
      return { DistributionConfig: config, ETag: etag }
    },
    updateDistribution: ({ Id, IfMatch, DistributionConfig }, { accountId }) => {
      const found = state.distribution(accountId, Id)
      requireMatch(IfMatch, found.etag)
      if (DistributionConfig === undefined || DistributionConfig.CallerReference !== found.config.CallerReference) {
        throw new AwsError(
          'IllegalUpdate',
          'The update contains modifications that are not allowed: the caller reference.',
        )
      }
      const config = withDefaults(DistributionConfig)
      checkDistribution(state, stores, accountId, config, found)
      Object.assign(found, { config, etag: newId(), modifiedAt: new Date(), looksLeft: state.pendingLooks })
      return { Distribution: described(found), ETag: found.etag }
    },
    deleteDistribution: ({ Id, IfMatch }, { accountId }) => {
      const found = state.distribution(accountId, Id)
      requireMatch(IfMatch, found.etag)
      if (found.config.Enabled || found.looksLeft > 0) {
        const message = 'The distribution you are trying to delete has not been disabled.'
        throw new AwsError('DistributionNotDisabled', message, 409)
      }
      state.distributions.delete(found.id)
      return {}
    },
    listDistributions: ({ Marker, MaxItems }, { accountId }) => {
      const all = state
        .of(accountId)
        .map(summary)
        .sort((a, b) => (String(a.Id) < String(b.Id) ? -1 : 1))
      return { DistributionList: listOf(all, Marker, MaxItems, ({ Id = '' }) => Id) }
    },
    listConflictingAliases: ({ DistributionId, Alias = '', Marker, MaxItems }, { accountId }) => {
      const own = state.distribution(accountId, DistributionId)
      const all = [...state.distributions.values()]
        .filter((other) => other !== own && (other.config.Aliases?.Items ?? []).includes(Alias))
        .map((other) => ({ Alias, DistributionId: masked(other.id), AccountId: masked(other.accountId) }))
      return { ConflictingAliasesList: listOf(all, Marker, MaxItems, (one) => one.DistributionId) }
    },
  }
}

/** Puts a distribution there without asking anything. */
export function newDistribution(
  state: CloudFrontState,
  accountId: string,
  config: sdk.DistributionConfig,
): StoredDistribution {
  const id = newId()
  const made: StoredDistribution = {
    ...{ id, accountId, config, arn: `arn:aws:cloudfront::${accountId}:distribution/${id}`, etag: newId() },
    ...{ domainName: `d${id.slice(1).toLowerCase()}.cloudfront.net`, modifiedAt: new Date(), tags: new Map() },
    ...{ looksLeft: state.pendingLooks, invalidations: [] },
  }
  state.distributions.set(id, made)
  return made
}

function described(one: StoredDistribution): sdk.Distribution {
  return {
    ...{ Id: one.id, ARN: one.arn, DomainName: one.domainName, DistributionConfig: one.config },
    ...{ Status: one.looksLeft > 0 ? 'InProgress' : 'Deployed', LastModifiedTime: one.modifiedAt },
    InProgressInvalidationBatches: one.invalidations.filter(({ looksLeft }) => looksLeft > 0).length,
    ...{
      ActiveTrustedSigners: { Enabled: false, Quantity: 0 },
      ActiveTrustedKeyGroups: { Enabled: false, Quantity: 0 },
    },
  }
}

function summary(one: StoredDistribution): sdk.DistributionSummary {
  const { CallerReference: _, DefaultRootObject: __, Logging: ___, ...config } = one.config
  const { Status, LastModifiedTime } = described(one)
  return {
    ...(config as Omit<sdk.DistributionSummary, 'Id' | 'ARN' | 'Status' | 'LastModifiedTime' | 'DomainName'>),
    ...{ Id: one.id, ARN: one.arn, DomainName: one.domainName, Status, LastModifiedTime, ETag: one.etag },
  }
}

/** CloudFront hides most of what belongs to others. */
function masked(text: string): string {
  return `${'*'.repeat(Math.max(0, text.length - 5))}${text.slice(-5)}`
}
