import { stages } from './stages.ts'
import type { CacheBehavior, Distribution, HttpMethod, OriginId, RoutingMode, Stage } from './types.ts'
import { apiTree, carriedZones, host, outreach, type Zone } from './zones.ts'

const READ: readonly HttpMethod[] = ['GET', 'HEAD', 'OPTIONS']
const ALL: readonly HttpMethod[] = ['GET', 'HEAD', 'OPTIONS', 'PUT', 'PATCH', 'POST', 'DELETE']
const CACHED: readonly HttpMethod[] = ['GET', 'HEAD']

/**
 * The host's distribution: what people reach under the stage's main name.
 * The patterns are the same in both routing modes; only the origin of the zone's pages and API routes differs.
 */
export function hostDistribution(stage: Stage, routing: RoutingMode = stages[stage].routing): Distribution {
  const facts = stages[stage]
  return {
    zone: host.name,
    aliases: [facts.hostDomain],
    ...viewerSettings(stage),
    cacheBehaviors: [
      ...carriedZones.flatMap((zone) =>
        zoneBehaviors(stage, zone, routing === 'host' ? 'sleepconnect-pages' : undefined),
      ),
      staticFiles(stage, '/_next/static/*', 'sleepconnect-assets'),
    ],
    defaultCacheBehavior: signedIn(stage, '*', 'sleepconnect-pages', ALL),
  }
}

/** The zone's own distribution ("standalone"). Serves origins, probes and people who hold a token. */
export function outreachDistribution(stage: Stage): Distribution {
  const facts = stages[stage]
  return {
    zone: outreach.name,
    aliases: [facts.outreachDomain, ...facts.outreachAliases],
    ...viewerSettings(stage),
    cacheBehaviors: zoneBehaviors(stage, outreach, undefined),
    defaultCacheBehavior: signedIn(stage, '*', 'outreach-pages', READ),
  }
}

/** Both distributions of a stage, the host's first. */
export function distributions(
  stage: Stage,
  routing: RoutingMode = stages[stage].routing,
): readonly [Distribution, Distribution] {
  return [hostDistribution(stage, routing), outreachDistribution(stage)]
}

/** A zone's behaviours in CloudFront's order. The exact path is listed beside the wildcard, which does not match it. */
function zoneBehaviors(stage: Stage, zone: Zone, carrier: OriginId | undefined): readonly CacheBehavior[] {
  const pages = carrier ?? `${zone.name}-pages`
  const apiRoutes = carrier ?? (`${zone.name}-api-routes` as OriginId)
  return [
    signedIn(stage, `${apiTree(zone)}/*`, apiRoutes, ALL),
    staticFiles(stage, `${zone.assetPrefix}/*`, `${zone.name}-assets`),
    signedIn(stage, `${zone.basePath}/*`, pages, READ),
    signedIn(stage, zone.basePath, pages, READ),
  ]
}

/** Answers that belong to one person: never cached, all of the request forwarded but the Host header. */
function signedIn(
  stage: Stage,
  pathPattern: string,
  targetOriginId: OriginId,
  allowedMethods: readonly HttpMethod[],
): CacheBehavior {
  return {
    pathPattern,
    targetOriginId,
    viewerProtocolPolicy: viewerProtocol(stage),
    allowedMethods,
    cachedMethods: CACHED,
    cachePolicy: 'CachingDisabled',
    originRequestPolicy: 'AllViewerExceptHostHeader',
    // CloudFront cannot compress under CachingDisabled: the applications do it themselves.
    compress: false,
    forwardedHostFunction: true,
  }
}

function staticFiles(stage: Stage, pathPattern: string, targetOriginId: OriginId): CacheBehavior {
  return {
    pathPattern,
    targetOriginId,
    viewerProtocolPolicy: viewerProtocol(stage),
    allowedMethods: READ,
    cachedMethods: CACHED,
    cachePolicy: 'CachingOptimized',
    originRequestPolicy: 'CORS-S3Origin',
    compress: true,
    forwardedHostFunction: false,
  }
}

function viewerProtocol(stage: Stage): CacheBehavior['viewerProtocolPolicy'] {
  return stages[stage].scheme === 'https' ? 'redirect-to-https' : 'allow-all'
}

function viewerSettings(stage: Stage) {
  return {
    priceClass: stages[stage].priceClass,
    httpVersion: 'http2and3',
    minimumProtocolVersion: 'TLSv1.2_2021',
  } as const
}
