import type { CacheBehavior, Distribution } from '@sax/topology'
import { pathOnlyIn, pathPattern, sharedPath } from './path-pattern.ts'

/** The behaviour that takes a path: the first whose pattern matches, else the default. */
export type BehaviorMatcher = (path: string) => CacheBehavior

/**
 * A matcher for a distribution's behaviours, in CloudFront's order.
 * @throws Error naming a path that two behaviours own, when which one gets it depends on the order alone.
 */
export function behaviorMatcher(distribution: Distribution): BehaviorMatcher {
  const disputes = disputedPaths(distribution)
  if (disputes.length > 0) throw new Error(`behaviours of ${distribution.zone} dispute paths: ${disputes.join('; ')}`)
  const tried = distribution.cacheBehaviors.map((behavior) => ({
    behavior,
    matches: pathPattern(behavior.pathPattern),
  }))
  return (path) => tried.find(({ matches }) => matches(path))?.behavior ?? distribution.defaultCacheBehavior
}

/**
 * Paths that two behaviours both take, one sentence each. An exception before its rule (`/a/b/*` before `/a/*`) is no
 * dispute; the same the other way round is, for the exception would never be reached.
 */
export function disputedPaths({ cacheBehaviors }: Distribution): readonly string[] {
  return cacheBehaviors.flatMap((earlier, i) =>
    cacheBehaviors.slice(i + 1).flatMap((later) => {
      const path = sharedPath(earlier.pathPattern, later.pathPattern)
      if (path === undefined || isException(earlier.pathPattern, later.pathPattern)) return []
      return [`${earlier.pathPattern} and ${later.pathPattern} both own ${path}`]
    }),
  )
}

function isException(earlier: string, later: string): boolean {
  return pathOnlyIn(earlier, later) === undefined && pathOnlyIn(later, earlier) !== undefined
}
