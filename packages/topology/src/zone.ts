/** A zone of the site. The host signs people in and carries the others. */
export interface Zone<Name extends string = string> {
  readonly name: Name
  /** Path under which the zone's pages live. The host's is empty, so that `${basePath}/x` is always right. */
  readonly basePath: '' | `/${string}`
  /** First path segment of the zone's hashed files; empty means Next's default, `/_next`. */
  readonly assetPrefix: '' | `/${string}`
  /** Prefix of the API routes a browser calls. */
  readonly apiPath: `/${string}`
  /** Path of the zone's own health answer. Needs no session. */
  readonly healthPath: `/${string}`
}
