import { managedCachePolicies, managedOriginRequestPolicies } from '@sax/topology/cloudfront'
import type { Behavior, Distribution, Origin } from '../src/config/distribution.ts'

function managed<Settings extends { readonly name: string }>(
  policies: Readonly<Record<string, Settings>>,
  name: string,
): Settings {
  const found = Object.values(policies).find((policy) => policy.name === name)
  if (found === undefined) throw new Error(`no managed policy ${name}`)
  return found
}

export const cachingDisabled = managed(managedCachePolicies, 'CachingDisabled')
export const cachingOptimized = managed(managedCachePolicies, 'CachingOptimized')
export const allViewer = managed(managedOriginRequestPolicies, 'AllViewer')
export const allViewerExceptHost = managed(managedOriginRequestPolicies, 'AllViewerExceptHostHeader')

/** A behaviour that forwards nothing, caches nothing and runs nothing, but for what is given. */
export function behaviorNamed(pathPattern: string, changes: Partial<Behavior> = {}): Behavior {
  return {
    pathPattern,
    isDefault: pathPattern === '*',
    targetOriginId: 'server',
    viewerProtocolPolicy: 'allow-all',
    allowedMethods: ['GET', 'HEAD', 'OPTIONS', 'PUT', 'POST', 'PATCH', 'DELETE'],
    cachedMethods: ['GET', 'HEAD'],
    cachePolicy: cachingDisabled,
    originRequestPolicy: undefined,
    responseHeadersPolicy: undefined,
    compress: false,
    viewerRequest: undefined,
    viewerResponse: undefined,
    ...changes,
  }
}

export function originNamed(id: string, changes: Partial<Origin> = {}): Origin {
  return {
    id,
    domainName: `${id}.example`,
    originPath: '',
    kind: 'custom',
    accessControl: undefined,
    grants: undefined,
    customHeaders: [],
    connectionAttempts: 3,
    connectionTimeoutSec: 10,
    responseTimeoutSec: 30,
    responseCompletionTimeoutSec: undefined,
    ...changes,
  }
}

/** A distribution with these behaviours before a default one, and one origin, `server`. */
export function distributionWith(changes: Partial<Distribution>, ...behaviors: readonly Behavior[]): Distribution {
  return {
    id: 'E1EXAMPLE',
    domainName: 'd1.cloudfront.net',
    enabled: true,
    aliases: ['site.example'],
    behaviors: [
      ...behaviors,
      ...(behaviors.at(-1)?.isDefault ? [] : [behaviorNamed('*')]),
    ] as unknown as Distribution['behaviors'],
    origins: new Map([['server', originNamed('server')]]),
    customErrorResponses: [],
    firewall: undefined,
    ...changes,
  }
}
