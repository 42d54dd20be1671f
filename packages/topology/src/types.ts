import type { Zone } from './zone.ts'
import type { ZoneName } from './zones.ts'

/** Stages of the site. `local` is a laptop; `rehearsal` is a laptop that runs the production artefacts. */
export type Stage = 'develop' | 'staging' | 'production' | 'local' | 'rehearsal'

/** What answers a request at the end of its way. One origin per entry in every distribution. */
export type OriginId<Name extends string = ZoneName> =
  | `${Name}-pages`
  | `${Name}-assets`
  | `${Exclude<Name, 'sleepconnect'>}-api-routes`

/**
 * How requests for a zone travel on the host's name.
 * `host`: the distribution sends them to the host's function, whose proxy carries them to the zone.
 * `edge`: the distribution sends them to the zone's own origins.
 */
export type RoutingMode = 'host' | 'edge'

export type HttpMethod = 'GET' | 'HEAD' | 'OPTIONS' | 'PUT' | 'PATCH' | 'POST' | 'DELETE'

/** Managed policies this site may use, by AWS's name. @source AWS CloudFront Developer Guide, "Use managed cache policies" / "Use managed origin request policies" */
export type CachePolicyName = 'CachingDisabled' | 'CachingOptimized'
export type OriginRequestPolicyName = 'AllViewerExceptHostHeader' | 'CORS-S3Origin'

/** One cache behaviour, in CloudFront's own words. `pathPattern` of the default behaviour is `*`. */
export interface CacheBehavior<Name extends string = ZoneName> {
  readonly pathPattern: string
  readonly targetOriginId: OriginId<Name>
  readonly viewerProtocolPolicy: 'redirect-to-https' | 'https-only' | 'allow-all'
  readonly allowedMethods: readonly HttpMethod[]
  readonly cachedMethods: readonly HttpMethod[]
  readonly cachePolicy: CachePolicyName
  readonly originRequestPolicy: OriginRequestPolicyName
  readonly compress: boolean
}

export interface Distribution<Name extends string = ZoneName> {
  readonly zone: Name
  /** Host names a viewer may ask for; any other is refused with 403. */
  readonly aliases: readonly string[]
  readonly priceClass: 'PriceClass_100' | 'PriceClass_All'
  readonly httpVersion: 'http2and3'
  readonly minimumProtocolVersion: 'TLSv1.2_2021'
  /** In the order CloudFront tries them: first match wins. */
  readonly cacheBehaviors: readonly CacheBehavior<Name>[]
  readonly defaultCacheBehavior: CacheBehavior<Name>
}

/** Objectives a stage is watched against. Ratios are fractions of 1, times are milliseconds. */
export interface Objectives {
  readonly coldStartMs: number
  readonly warmMs: number
  readonly staticHitRatio: number
  readonly clientErrorRatio: number
  readonly serverErrorRatio: number
  readonly replyVisibleMs: number
}

/** The public names of one zone in one stage, without scheme. On a laptop they carry the port. */
export interface ZoneDomain {
  readonly name: string
  /** Other names its distribution answers to. */
  readonly aliases: readonly string[]
}

export interface StageFacts<Name extends string = ZoneName> {
  readonly domains: Readonly<Record<Name, ZoneDomain>>
  readonly scheme: 'https' | 'http'
  readonly apiBaseUrl: string
  readonly routing: RoutingMode
  readonly region: string
  readonly functionMemoryMb: number
  readonly functionTimeoutSec: number
  readonly priceClass: Distribution['priceClass']
  /** Letter of the stage inside resource names. */
  readonly letter: string
  /** S3 bucket of the zone's hashed files. */
  readonly assetBucket: string
}

/** What distributions are compiled from: the zones, the host first, and where one stage puts them. */
export interface Site<Name extends string = ZoneName> {
  readonly zones: readonly [Zone<Name>, ...Zone<Name>[]]
  readonly stage: Pick<StageFacts<Name>, 'domains' | 'scheme' | 'priceClass'>
}
