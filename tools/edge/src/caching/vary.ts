import type { Behavior } from '../config/distribution.ts'

/** Returned whatever is forwarded. */
const ALWAYS_RETURNED = ['accept-encoding', 'cookie']

/**
 * The origin's Vary as a viewer gets it: without names that the behaviour does not forward; undefined when none is left.
 * Vary never tells objects apart, only the cache key does.
 * @source AWS CloudFront Developer Guide, "HTTP response headers that CloudFront removes or replaces"
 */
export function viewerVary(vary: string | null, behavior: Behavior): string | undefined {
  if (vary === null) return undefined
  const kept = vary
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '' && isReturned(name.toLowerCase(), behavior))
  return kept.length === 0 ? undefined : kept.join(', ')
}

/** Whether each request must be sent on although an object is kept. @source AWS CloudFront Developer Guide, "Content negotiation" */
export function variesByEverything(vary: string | null, behavior: Behavior): boolean {
  return behavior.cachePolicy.minTtlSec === 0 && (vary ?? '').split(',').some((name) => name.trim() === '*')
}

function isReturned(name: string, behavior: Behavior): boolean {
  if (ALWAYS_RETURNED.includes(name)) return true
  if (name === '*') return behavior.cachePolicy.minTtlSec === 0
  return isForwarded(name, behavior) || (name === 'user-agent' && forwardsDevice(behavior))
}

function isForwarded(name: string, { cachePolicy, originRequestPolicy }: Behavior): boolean {
  const lists = [cachePolicy.headers, originRequestPolicy?.headers ?? { behavior: 'none' as const }]
  return lists.some((list) => {
    if (!('names' in list)) return list.behavior === 'all'
    const isNamed = list.names.some((one) => one.toLowerCase() === name)
    if (list.behavior === 'allViewerAndWhitelistCloudFront') return isNamed || !name.startsWith('cloudfront-')
    return isNamed === (list.behavior === 'whitelist')
  })
}

function forwardsDevice(behavior: Behavior): boolean {
  return ['desktop', 'mobile', 'smarttv', 'tablet'].some((device) =>
    isForwarded(`cloudfront-is-${device}-viewer`, behavior),
  )
}
