import type { Behavior, Distribution } from '../config/distribution.ts'
import { normalizePath } from './normalize-path.ts'
import { pathPattern } from './path-pattern.ts'

/** A behaviour and its place in CloudFront's order, from 1. */
export interface MatchedBehavior {
  readonly behavior: Behavior
  readonly number: number
}

/**
 * A matcher for a distribution's behaviours: the first whose pattern takes the path wins, the default behaviour takes
 * the rest. Patterns may overlap, as CloudFront lets them; their order decides.
 * @throws Error when a pattern is longer than CloudFront takes.
 * @source AWS CloudFront Developer Guide, "Cache behavior settings", path pattern
 */
export function behaviorMatcher({ behaviors }: Pick<Distribution, 'behaviors'>): (path: string) => MatchedBehavior {
  const tried = behaviors.map((behavior, i) => ({
    matched: { behavior, number: i + 1 },
    takes: behavior.isDefault ? () => true : pathPattern(behavior.pathPattern),
  }))
  const fallback: MatchedBehavior = {
    behavior: behaviors[behaviors.length - 1] ?? behaviors[0],
    number: behaviors.length,
  }
  return (path) => {
    const normalized = normalizePath(path)
    return tried.find(({ takes }) => takes(normalized))?.matched ?? fallback
  }
}
