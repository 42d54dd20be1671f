/** Stages of the site. `local` is a laptop; `rehearsal` is a laptop that runs the production artefacts. */
export type Stage = 'develop' | 'staging' | 'production' | 'local' | 'rehearsal'

/** Zones of the site. The host (`sleepconnect`) signs people in and carries the others. */
export type ZoneName = 'sleepconnect' | 'outreach'

/** What answers a request at the end of its way. One origin per entry in every distribution. */
export type OriginId =
  | 'sleepconnect-pages'
  | 'sleepconnect-assets'
  | 'outreach-pages'
  | 'outreach-api-routes'
  | 'outreach-assets'

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
export interface CacheBehavior {
  readonly pathPattern: string
  readonly targetOriginId: OriginId
  readonly viewerProtocolPolicy: 'redirect-to-https' | 'https-only' | 'allow-all'
  readonly allowedMethods: readonly HttpMethod[]
  readonly cachedMethods: readonly HttpMethod[]
  readonly cachePolicy: CachePolicyName
  readonly originRequestPolicy: OriginRequestPolicyName
  readonly compress: boolean
  /** The viewer-request function that overwrites `x-forwarded-host`. False only for S3, which never reads it. */
  readonly forwardedHostFunction: boolean
}

export interface Distribution {
  readonly zone: ZoneName
  /** Host names a viewer may ask for; any other is refused with 403. */
  readonly aliases: readonly string[]
  readonly priceClass: 'PriceClass_100' | 'PriceClass_All'
  readonly httpVersion: 'http2and3'
  readonly minimumProtocolVersion: 'TLSv1.2_2021'
  /** In the order CloudFront tries them: first match wins. */
  readonly cacheBehaviors: readonly CacheBehavior[]
  readonly defaultCacheBehavior: CacheBehavior
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
