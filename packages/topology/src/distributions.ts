import { type Area, globOf, routingTable } from './routing-table.ts'
import { stages } from './stages.ts'
import type { CacheBehavior, Distribution, HttpMethod, OriginId, RoutingMode, Site, Stage } from './types.ts'
import type { Zone } from './zone.ts'
import { type ZoneName, zones } from './zones.ts'

const READ: readonly HttpMethod[] = ['GET', 'HEAD', 'OPTIONS']
const ALL: readonly HttpMethod[] = ['GET', 'HEAD', 'OPTIONS', 'PUT', 'PATCH', 'POST', 'DELETE']
const CACHED: readonly HttpMethod[] = ['GET', 'HEAD']

/** Every distribution of a stage, the host's first, then one for each carried zone under its own name. */
export function distributions(
  stage: Stage,
  routing: RoutingMode = stages[stage].routing,
): readonly [Distribution, ...Distribution[]] {
  return compileDistributions<ZoneName>({ zones, stage: stages[stage] }, routing)
}

/**
 * The distributions of any site. The host's name answers for every zone; the patterns are the same in both routing
 * modes, only the origin of a zone's pages and API routes differs. A zone's own name ("standalone") serves origins,
 * probes and people who hold a token.
 */
export function compileDistributions<Name extends string>(
  { zones: [host, ...carried], stage }: Site<Name>,
  routing: RoutingMode,
): readonly [Distribution<Name>, ...Distribution<Name>[]] {
  const common = {
    priceClass: stage.priceClass,
    httpVersion: 'http2and3',
    minimumProtocolVersion: 'TLSv1.2_2021',
  } as const
  const protocol = stage.scheme === 'https' ? 'redirect-to-https' : 'allow-all'
  const aliases = ({ name }: Zone<Name>) => [stage.domains[name].name, ...stage.domains[name].aliases]
  const hostPages: OriginId<Name> = `${host.name}-pages`
  return [
    {
      zone: host.name,
      aliases: aliases(host),
      ...common,
      cacheBehaviors: [
        ...carried.flatMap((zone) => zoneBehaviors(zone, protocol, routing === 'host' ? hostPages : undefined)),
        staticFiles<Name>('/_next/static/*', protocol, `${host.name}-assets`),
      ],
      defaultCacheBehavior: signedIn<Name>('*', protocol, hostPages, ALL),
    },
    ...carried.map((zone) => ({
      zone: zone.name,
      aliases: aliases(zone),
      ...common,
      cacheBehaviors: zoneBehaviors(zone, protocol, undefined),
      defaultCacheBehavior: signedIn<Name>('*', protocol, `${zone.name}-pages`, READ),
    })),
  ]
}

/** A zone's lines of the routing table as behaviours, in CloudFront's order. */
function zoneBehaviors<Name extends string>(
  zone: Zone<Name>,
  protocol: ViewerProtocol,
  carrier: OriginId<Name> | undefined,
): readonly CacheBehavior<Name>[] {
  const origins: Readonly<Record<Area, OriginId<Name>>> = {
    api: carrier ?? (`${zone.name}-api-routes` as OriginId<Name>),
    assets: `${zone.name}-assets`,
    page: carrier ?? `${zone.name}-pages`,
  }
  return routingTable([zone]).map((route) =>
    route.area === 'assets'
      ? staticFiles<Name>(globOf(route), protocol, origins.assets)
      : signedIn(globOf(route), protocol, origins[route.area], route.area === 'api' ? ALL : READ),
  )
}

/** Answers that belong to one person: never cached, all of the request forwarded but the Host header. */
function signedIn<Name extends string>(
  pathPattern: string,
  viewerProtocolPolicy: ViewerProtocol,
  targetOriginId: OriginId<Name>,
  allowedMethods: readonly HttpMethod[],
): CacheBehavior<Name> {
  return {
    pathPattern,
    targetOriginId,
    viewerProtocolPolicy,
    allowedMethods,
    cachedMethods: CACHED,
    cachePolicy: 'CachingDisabled',
    originRequestPolicy: 'AllViewerExceptHostHeader',
    // CloudFront cannot compress under CachingDisabled: the applications do it themselves.
    compress: false,
  }
}

function staticFiles<Name extends string>(
  pathPattern: string,
  viewerProtocolPolicy: ViewerProtocol,
  targetOriginId: OriginId<Name>,
): CacheBehavior<Name> {
  return {
    pathPattern,
    targetOriginId,
    viewerProtocolPolicy,
    allowedMethods: READ,
    cachedMethods: CACHED,
    cachePolicy: 'CachingOptimized',
    originRequestPolicy: 'CORS-S3Origin',
    compress: true,
  }
}

type ViewerProtocol = CacheBehavior['viewerProtocolPolicy']
