import type { Zone } from './zone.ts'

/** The part of a zone's Next configuration that the site depends on. Holds nothing that differs per stage. */
export interface NextSettings {
  readonly basePath?: string
  readonly assetPrefix?: string
  readonly skipProxyUrlNormalize: true
  readonly poweredByHeader: false
  readonly reactStrictMode: true
  readonly logging: { readonly incomingRequests: false }
}

/** Next's settings for a zone, to be spread into its `next.config.ts`. */
export function nextSettings({ basePath, assetPrefix }: Zone): NextSettings {
  return {
    ...(basePath === '' ? {} : { basePath }),
    // Path only: one build serves every stage and every name.
    ...(assetPrefix === '' ? {} : { assetPrefix }),
    // Without it `?_rsc=` is cut off before the proxy sees it, and a soft navigation is answered 307 to itself.
    skipProxyUrlNormalize: true,
    poweredByHeader: false,
    reactStrictMode: true,
    // Next's development lines carry queries, and a query can hold what somebody searched for.
    logging: { incomingRequests: false },
  }
}
