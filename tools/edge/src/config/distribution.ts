import type {
  CachePolicySettings,
  OriginRequestPolicySettings,
  ResponseHeadersPolicySettings,
} from '@sax/topology/cloudfront'

/** A distribution as CloudFront runs it, whatever it was read from: a template, a live configuration, the topology. */
export interface Distribution {
  /** Logical id in a template, or the distribution's own id. */
  readonly id: string
  /** `d….cloudfront.net`; answers beside the aliases. */
  readonly domainName: string
  readonly enabled: boolean
  readonly aliases: readonly string[]
  /** In the order CloudFront tries them; the default behaviour is the last, its pattern is `*`. */
  readonly behaviors: readonly [...Behavior[], Behavior]
  readonly origins: ReadonlyMap<string, Origin>
  readonly customErrorResponses: readonly CustomErrorResponse[]
  readonly firewall: WebAcl | undefined
}

export interface Behavior {
  /** As written; `*` for the default behaviour. */
  readonly pathPattern: string
  readonly isDefault: boolean
  readonly targetOriginId: string
  readonly viewerProtocolPolicy: 'allow-all' | 'redirect-to-https' | 'https-only'
  readonly allowedMethods: readonly string[]
  readonly cachedMethods: readonly string[]
  readonly cachePolicy: CachePolicySettings
  /** Absent: only what the cache policy puts into the key is forwarded. */
  readonly originRequestPolicy: OriginRequestPolicySettings | undefined
  readonly responseHeadersPolicy: ResponseHeadersPolicySettings | undefined
  readonly compress: boolean
  readonly viewerRequest: EdgeFunction | undefined
  readonly viewerResponse: EdgeFunction | undefined
}

/** A CloudFront Function: its name and its source text. */
export interface EdgeFunction {
  readonly name: string
  readonly code: string
}

/** What stands behind an origin decides what it refuses. */
export interface Origin {
  readonly id: string
  /** Symbolic (`OutreachUrl.FunctionUrl`) where a template refers to something not yet made. */
  readonly domainName: string
  /** Prefixed to every path; empty or `/…` without a trailing slash. */
  readonly originPath: string
  readonly kind: 's3' | 'function-url' | 'custom'
  /** Absent: requests are not signed. */
  readonly accessControl:
    | { readonly type: 's3' | 'lambda' | 'other'; readonly signingBehavior: 'always' | 'no-override' | 'never' }
    | undefined
  /** Who may read the bucket or call the function, as far as the input says it; undefined: it does not say. */
  readonly grants: OriginGrants | undefined
  readonly customHeaders: readonly { readonly name: string; readonly value: string }[]
  readonly connectionAttempts: number
  readonly connectionTimeoutSec: number
  /** Also the longest pause between two packets. */
  readonly responseTimeoutSec: number
  /** Whole answer, all attempts; undefined: unlimited. */
  readonly responseCompletionTimeoutSec: number | undefined
}

export interface OriginGrants {
  /** Ids (logical or real) of the distributions that may call. `*`: anybody may. */
  readonly distributions: readonly string[]
  /** S3 only: a missing key is 404 for those who may list, 403 for all others. */
  readonly mayList: boolean
  /** Function URL only. */
  readonly authType: 'AWS_IAM' | 'NONE' | undefined
}

export interface CustomErrorResponse {
  readonly errorCode: number
  readonly errorCachingMinTtlSec: number
  /** Fetched through the behaviour that takes this path. */
  readonly responsePagePath: string | undefined
  readonly responseCode: number | undefined
}

export interface WebAcl {
  readonly name: string
  /** Requests of one address in a window, above which they are blocked. */
  readonly rate: { readonly limit: number; readonly windowSec: number } | undefined
  /** Bodies above this many bytes; `count` lets them pass. */
  readonly bodySize: { readonly limitBytes: number; readonly action: 'block' | 'count' } | undefined
  /** A request that does not say which program sends it is blocked. */
  readonly needsUserAgent: boolean
}
