import type * as sdk from '@aws-sdk/client-cloudfront'

const NONE = { Quantity: 0 }

/**
 * A configuration with everything that CloudFront adds when it gives one back.
 * @source Amazon CloudFront API Reference, "DistributionConfig", "DefaultCacheBehavior" and "Origin"
 */
export function withDefaults(given: sdk.DistributionConfig): sdk.DistributionConfig {
  return {
    ...{ Aliases: NONE, DefaultRootObject: '', OriginGroups: NONE, CacheBehaviors: NONE, CustomErrorResponses: NONE },
    ...{ Logging: { Enabled: false, IncludeCookies: false, Bucket: '', Prefix: '' }, PriceClass: 'PriceClass_All' },
    ViewerCertificate: {
      CloudFrontDefaultCertificate: true,
      MinimumProtocolVersion: 'TLSv1',
      CertificateSource: 'cloudfront',
    },
    Restrictions: { GeoRestriction: { RestrictionType: 'none', Quantity: 0 } },
    ...{ WebACLId: '', HttpVersion: 'http2', IsIPV6Enabled: true, ContinuousDeploymentPolicyId: '', Staging: false },
    ...given,
    Comment: given.Comment ?? '',
    Origins: counted(given.Origins?.Items?.map(origin)),
    DefaultCacheBehavior: given.DefaultCacheBehavior && behavior(given.DefaultCacheBehavior),
    CacheBehaviors: counted(given.CacheBehaviors?.Items?.map(behavior)),
  }
}

function counted<Item>(items: Item[] | undefined): { Quantity: number; Items: Item[] } {
  return { Quantity: items?.length ?? 0, Items: items ?? [] }
}

function origin(given: sdk.Origin): sdk.Origin {
  return {
    ...{ OriginPath: '', CustomHeaders: NONE, ConnectionAttempts: 3, ConnectionTimeout: 10 },
    ...{ OriginShield: { Enabled: false }, OriginAccessControlId: '' },
    ...given,
    ...(given.CustomOriginConfig === undefined
      ? {}
      : {
          CustomOriginConfig: {
            ...{ OriginSslProtocols: { Quantity: 1, Items: ['TLSv1.2' as const] }, OriginReadTimeout: 30 },
            ...{ OriginKeepaliveTimeout: 5, ...given.CustomOriginConfig },
          },
        }),
  }
}

function behavior<Behavior extends sdk.DefaultCacheBehavior>(given: Behavior): Behavior {
  const READ = ['HEAD' as const, 'GET' as const]
  return {
    ...{ TrustedSigners: { Enabled: false, Quantity: 0 }, TrustedKeyGroups: { Enabled: false, Quantity: 0 } },
    AllowedMethods: { Quantity: 2, Items: READ, CachedMethods: { Quantity: 2, Items: READ } },
    ...{ SmoothStreaming: false, Compress: false, LambdaFunctionAssociations: NONE, FunctionAssociations: NONE },
    ...{ FieldLevelEncryptionId: '', GrpcConfig: { Enabled: false } },
    ...given,
  }
}
