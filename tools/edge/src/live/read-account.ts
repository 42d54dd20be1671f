import {
  type CloudFrontClient,
  type DistributionConfig,
  type DistributionSummary,
  GetCachePolicyCommand,
  GetDistributionConfigCommand,
  GetFunctionCommand,
  GetInvalidationCommand,
  GetOriginAccessControlCommand,
  GetOriginRequestPolicyCommand,
  GetResponseHeadersPolicyCommand,
  ListDistributionsCommand,
  ListInvalidationsCommand,
} from '@aws-sdk/client-cloudfront'
import { GetBucketPolicyCommand, type S3Client, S3ServiceException } from '@aws-sdk/client-s3'
import {
  managedCachePolicies,
  managedOriginRequestPolicies,
  managedResponseHeadersPolicies,
} from '@sax/topology/cloudfront'
import { bucketOf } from '../origins/bucket-of.ts'

export interface AccountClients {
  readonly cloudFront: CloudFrontClient
  readonly s3: S3Client
}

/** What an account's CloudFront is set to at one moment. */
export interface AccountConfiguration {
  /** All distributions with everything they name, in the shape of a template whose logical ids are the real ids. */
  readonly template: string
  readonly domainNames: Readonly<Record<string, string>>
  /** ARN of a distribution's own certificate, by the distribution's id. */
  readonly certificates: ReadonlyMap<string, string>
}

type Resources = Record<string, { readonly Type: string; readonly Properties: object }>

/**
 * Reads an account's distributions and what they lean on: policies, published functions, access controls, and the
 * policies of the buckets behind them. Each read asks the API anew, except for a distribution whose ETag is the same.
 */
export function accountReader({ cloudFront, s3 }: AccountClients): () => Promise<AccountConfiguration> {
  const known = new Map<string, { readonly etag: string | undefined; readonly config: DistributionConfig }>()

  const configOf = async ({ Id = '', ETag }: DistributionSummary): Promise<DistributionConfig> => {
    const before = known.get(Id)
    if (before?.etag !== undefined && before.etag === ETag) return before.config
    const read = await cloudFront.send(new GetDistributionConfigCommand({ Id }))
    if (read.DistributionConfig === undefined) throw new TypeError(`distribution ${Id} has no configuration`)
    known.set(Id, { etag: read.ETag, config: read.DistributionConfig })
    return read.DistributionConfig
  }

  return async () => {
    const summaries = await everyDistribution(cloudFront)
    const all = await Promise.all(
      summaries.map(async (summary) => ({ id: summary.Id ?? '', summary, config: await configOf(summary) })),
    )
    const behaviors = all.flatMap(({ config }) => [
      ...(config.DefaultCacheBehavior === undefined ? [] : [config.DefaultCacheBehavior]),
      ...(config.CacheBehaviors?.Items ?? []),
    ])
    const origins = all.flatMap(({ config }) => config.Origins?.Items ?? [])
    const named = async (
      ids: readonly (string | undefined)[],
      read: (id: string) => Promise<Resources>,
      isManaged: Readonly<Record<string, unknown>> = {},
    ) => {
      const own = [...new Set(ids)].filter((id): id is string => id !== undefined && id !== '' && !(id in isManaged))
      return Object.assign({}, ...(await Promise.all(own.map(read)))) as Resources
    }
    const parts = await Promise.all([
      named(
        behaviors.map((one) => one.CachePolicyId),
        async (Id) => {
          const { CachePolicy } = await cloudFront.send(new GetCachePolicyCommand({ Id }))
          return resource(Id, 'CachePolicy', { CachePolicyConfig: CachePolicy?.CachePolicyConfig })
        },
        managedCachePolicies,
      ),
      named(
        behaviors.map((one) => one.OriginRequestPolicyId),
        async (Id) => {
          const { OriginRequestPolicy: read } = await cloudFront.send(new GetOriginRequestPolicyCommand({ Id }))
          return resource(Id, 'OriginRequestPolicy', { OriginRequestPolicyConfig: read?.OriginRequestPolicyConfig })
        },
        managedOriginRequestPolicies,
      ),
      named(
        behaviors.map((one) => one.ResponseHeadersPolicyId),
        async (Id) => {
          const { ResponseHeadersPolicy: read } = await cloudFront.send(new GetResponseHeadersPolicyCommand({ Id }))
          return resource(Id, 'ResponseHeadersPolicy', {
            ResponseHeadersPolicyConfig: read?.ResponseHeadersPolicyConfig,
          })
        },
        managedResponseHeadersPolicies,
      ),
      named(
        behaviors.flatMap((one) => (one.FunctionAssociations?.Items ?? []).map(({ FunctionARN }) => FunctionARN)),
        async (arn) => {
          const Name = arn.slice(arn.lastIndexOf('/') + 1)
          const { FunctionCode } = await cloudFront.send(new GetFunctionCommand({ Name, Stage: 'LIVE' }))
          return resource(`function ${Name}`, 'Function', {
            ...{ Name, FunctionCode: (await FunctionCode?.transformToString()) ?? '' },
          })
        },
      ),
      named(
        origins.map((one) => one.OriginAccessControlId),
        async (Id) => {
          const { OriginAccessControl: read } = await cloudFront.send(new GetOriginAccessControlCommand({ Id }))
          return resource(Id, 'OriginAccessControl', { OriginAccessControlConfig: read?.OriginAccessControlConfig })
        },
      ),
      named(
        origins.map((one) => bucketOf(one.DomainName ?? '')),
        async (Bucket) => {
          const policy = await bucketPolicy(s3, Bucket)
          if (policy === undefined) return {}
          const Properties = { Bucket, PolicyDocument: policy }
          return { [`policy of ${Bucket}`]: { Type: 'AWS::S3::BucketPolicy', Properties } }
        },
      ),
    ])
    const distributions = all.map(({ id, config }) => resource(id, 'Distribution', { DistributionConfig: config }))
    return {
      template: JSON.stringify({ Resources: Object.assign({}, ...distributions, ...parts) }),
      domainNames: Object.fromEntries(all.map(({ id, summary }) => [`${id}.DomainName`, summary.DomainName ?? ''])),
      certificates: new Map(
        all.flatMap(({ id, config }) => {
          const arn = config.ViewerCertificate?.ACMCertificateArn
          return arn === undefined || arn === '' ? [] : [[id, arn] as const]
        }),
      ),
    }
  }
}

/** An invalidation of a distribution, by its id. */
export interface Invalidation {
  readonly id: string
  readonly paths: readonly string[]
}

/** Invalidations that are not among those `seen`, oldest first. */
export async function newInvalidations(
  cloudFront: CloudFrontClient,
  distributionId: string,
  seen: ReadonlySet<string>,
): Promise<readonly Invalidation[]> {
  const ids: string[] = []
  let Marker: string | undefined
  do {
    const { InvalidationList: page } = await cloudFront.send(
      new ListInvalidationsCommand({ DistributionId: distributionId, Marker }),
    )
    for (const { Id } of page?.Items ?? []) if (Id !== undefined && !seen.has(Id)) ids.push(Id)
    Marker = page?.IsTruncated === true ? page.NextMarker : undefined
  } while (Marker !== undefined)
  return Promise.all(
    ids.map(async (Id) => {
      const { Invalidation: read } = await cloudFront.send(
        new GetInvalidationCommand({ DistributionId: distributionId, Id }),
      )
      return { id: Id, paths: read?.InvalidationBatch?.Paths?.Items ?? [] }
    }),
  )
}

async function everyDistribution(cloudFront: CloudFrontClient): Promise<readonly DistributionSummary[]> {
  const all: DistributionSummary[] = []
  let Marker: string | undefined
  do {
    const { DistributionList: page } = await cloudFront.send(new ListDistributionsCommand({ Marker }))
    all.push(...(page?.Items ?? []))
    Marker = page?.IsTruncated === true ? page.NextMarker : undefined
  } while (Marker !== undefined)
  return all
}

/** Undefined: there is none, or no such bucket; then nobody may read it. */
async function bucketPolicy(s3: S3Client, Bucket: string): Promise<unknown> {
  try {
    const { Policy } = await s3.send(new GetBucketPolicyCommand({ Bucket }))
    return Policy === undefined ? undefined : (JSON.parse(Policy) as unknown)
  } catch (error) {
    if (error instanceof S3ServiceException && ['NoSuchBucketPolicy', 'NoSuchBucket'].includes(error.name)) {
      return undefined
    }
    throw error
  }
}

function resource(id: string, type: string, Properties: object): Resources {
  return { [id]: { Type: `AWS::CloudFront::${type}`, Properties } }
}
