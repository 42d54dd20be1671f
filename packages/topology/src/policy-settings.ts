/** Names a policy picks out of what a viewer sent. Header names are lower case, cookie and query names count case. */
export type Selection =
  | { readonly behavior: 'none' | 'all' }
  | { readonly behavior: 'whitelist' | 'allExcept'; readonly names: readonly string[] }

/** What a cache policy says. Lifetimes are seconds. */
export interface CachePolicySettings {
  readonly name: string
  readonly minTtlSec: number
  readonly defaultTtlSec: number
  readonly maxTtlSec: number
  /** At most 10 names; a cache policy cannot take all headers. */
  readonly headers: Selection
  readonly cookies: Selection
  readonly queryStrings: Selection
  readonly acceptEncodingGzip: boolean
  readonly acceptEncodingBrotli: boolean
}

/** What an origin request policy forwards beside what the cache policy puts into the key. */
export interface OriginRequestPolicySettings {
  readonly name: string
  /** `allViewerAndWhitelistCloudFront` forwards every viewer header and the named `cloudfront-*` ones. */
  readonly headers:
    | Selection
    | { readonly behavior: 'allViewerAndWhitelistCloudFront'; readonly names: readonly string[] }
  readonly cookies: Selection
  readonly queryStrings: Selection
}

/** One header a response headers policy sets. `override: false` leaves the origin's own value alone. */
export interface PolicyHeader {
  readonly name: string
  readonly value: string
  readonly override: boolean
}

/** What a response headers policy adds and takes away. CORS, which no policy of this site uses, is `cors: true` when present. */
export interface ResponseHeadersPolicySettings {
  readonly name: string
  readonly set: readonly PolicyHeader[]
  /** Lower case. */
  readonly remove: readonly string[]
  readonly cors: boolean
}
