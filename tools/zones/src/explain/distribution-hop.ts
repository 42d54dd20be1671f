import type { Decision, Forward, Trace } from '@sax/edge'
import type { Behavior, Distribution } from '@sax/edge/config'
import type { CacheVerdict, DistributionHop, FunctionStep, Sent } from './hop.ts'
import { refusalsOf } from './origin-refusals.ts'
import { type Site, zoneOf } from './site.ts'

interface At {
  readonly site: Site
  readonly distribution: Distribution
  readonly host: string
  readonly decision: Decision
  readonly behavior: Behavior
  /** The request as it came, for telling names from values. */
  readonly sender: Headers
}

/** What a distribution decided about a request, by name. */
export function distributionHop({ site, distribution, host, decision, behavior, sender }: At): DistributionHop {
  const { trace } = decision
  const number = trace.behavior?.number ?? distribution.behaviors.length
  return {
    kind: 'distribution',
    id: distribution.id,
    zone: zoneOf(site, distribution),
    host,
    firewall: distribution.firewall?.name,
    behavior: {
      number,
      count: distribution.behaviors.length,
      pathPattern: behavior.pathPattern,
      triedBefore: distribution.behaviors.slice(0, number - 1).map(({ pathPattern }) => pathPattern),
    },
    policies: {
      cache: behavior.cachePolicy.name,
      originRequest: behavior.originRequestPolicy?.name,
      responseHeaders: behavior.responseHeadersPolicy?.name,
    },
    viewerRequest: behavior.viewerRequest && functionStep(behavior.viewerRequest.name, decision),
    viewerResponse: behavior.viewerResponse?.name,
    cache: trace.cache && cacheVerdict(trace.cache, behavior, decision, sender),
    sent: decision.kind === 'forward' ? sentTo(decision, distribution) : undefined,
    notes: site.problems
      .filter((one) => one.severity === 'error' && one.distribution === distribution.id)
      .filter((one) => one.behavior === undefined || one.behavior === behavior.pathPattern)
      .map(({ message }) => message),
  }
}

function functionStep(name: string, decision: Decision): FunctionStep {
  const ran = decision.trace.function
  const changed = ran?.kind === 'changed' ? ran : undefined
  const step = {
    name,
    headersSet: changed?.headersSet ?? [],
    headersRemoved: changed?.headersRemoved ?? [],
    newPath: changed?.uri?.split('?', 1)[0],
    queryChanged: changed?.queryChanged ?? false,
  }
  return { ...step, outcome: name.startsWith('unknown:') ? 'unknown' : outcomeOf(step, decision) }
}

function outcomeOf(step: Omit<FunctionStep, 'outcome'>, decision: Decision): FunctionStep['outcome'] {
  if (decision.kind === 'generated') return 'answered'
  if (decision.kind === 'refused' && decision.refusal.startsWith('function_')) return 'failed'
  // Whatever is refused or redirected before the function has no cache key either.
  if (decision.trace.cache === undefined) return 'not run'
  const { headersSet, headersRemoved, newPath, queryChanged } = step
  const changes = headersSet.length > 0 || headersRemoved.length > 0 || newPath !== undefined || queryChanged
  return changes ? 'changed' : 'unchanged'
}

function cacheVerdict(
  cache: NonNullable<Trace['cache']>,
  { cachePolicy, cachedMethods }: Behavior,
  decision: Decision,
  sender: Headers,
): CacheVerdict {
  const method = decision.kind === 'forward' ? decision.request.method : undefined
  const named = namesIn(sender.get('cookie') ?? '', ';')
  const query = decision.kind === 'forward' ? namesIn(decision.viewer.query, '&') : []
  const { minTtlSec, defaultTtlSec, maxTtlSec } = cachePolicy
  return {
    stored: cache.cacheable,
    why: cache.cacheable ? undefined : whyNot(maxTtlSec, method !== undefined && !cachedMethods.includes(method)),
    key: [
      ...['distribution', 'method', 'path'],
      ...cache.keyHeaders.map((name) => `header ${name}`),
      ...cache.keyCookies.map((name) => `cookie ${named.includes(name) ? name : NAMELESS}`),
      ...cache.keyQueryStrings.map((name) => `query ${query.includes(name) ? name : NAMELESS}`),
      ...(cache.keyAcceptEncoding === undefined ? [] : ['accept-encoding, normalised']),
    ],
    ...{ minTtlSec, defaultTtlSec, maxTtlSec },
  }
}

function whyNot(maxTtlSec: number, byMethod: boolean): string {
  if (maxTtlSec === 0) return 'the cache policy stores nothing'
  return byMethod ? 'answers to this method are not stored' : 'all headers would be in the key'
}

/** A cookie or parameter that is a value alone; it may be a credential. */
const NAMELESS = '(without a name)'

function namesIn(text: string, separator: ';' | '&'): readonly string[] {
  return text.split(separator).flatMap((pair) => {
    const end = pair.indexOf('=')
    return end === -1 ? [] : [pair.slice(0, end).trim()]
  })
}

/**
 * Host is not "dropped": every request has one, the origin's own where the viewer's is not forwarded. What the policies
 * forward and origin access control then overwrites is.
 */
function sentTo(decision: Forward, distribution: Distribution): Sent | undefined {
  const origin = distribution.origins.get(decision.behavior.targetOriginId)
  if (decision.trace.origin === undefined || origin === undefined) return undefined
  const { id, path, hasQuery, signed, forwarded, dropped } = decision.trace.origin
  const isSent = (name: string) => decision.request.headers.has(name)
  return {
    ...{ origin: id, path, hasQuery, signed },
    forwarded: forwarded.filter(isSent),
    dropped: [...dropped.filter((name) => name !== 'host'), ...forwarded.filter((name) => !isSent(name))].sort(),
    refusals: refusalsOf(origin, { distribution: distribution.id, method: decision.request.method, signed, forwarded }),
  }
}
