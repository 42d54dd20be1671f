import type { Behavior, Distribution, EdgeFunction } from './config/distribution.ts'
import type { PreparedFunction, PrepareFunction } from './function-runtime/prepared-function.ts'
import { prepareFunction } from './function-runtime/run-function.ts'
import { behaviorMatcher, type MatchedBehavior } from './stages/match-behavior.ts'
import { createFirewall, type Firewall } from './stages/waf.ts'

/** A distribution made ready to answer: patterns compiled, functions loaded, counters at zero. */
export interface ReadyDistribution extends Distribution {
  /** `<id>.cloudfront.net`, as Via names it. */
  readonly edgeName: string
  readonly behaviorOf: (path: string) => MatchedBehavior
  readonly viewerRequestOf: (behavior: Behavior) => PreparedFunction | undefined
  readonly viewerResponseOf: (behavior: Behavior) => PreparedFunction | undefined
  readonly admits: Firewall
}

/** @throws Error naming a function or a pattern that CloudFront would not take. */
export function readyDistribution(
  distribution: Distribution,
  nowMs: () => number,
  prepare: PrepareFunction = prepareFunction,
): ReadyDistribution {
  const prepared = new Map<string, PreparedFunction>()
  const functionOf = (edgeFunction: EdgeFunction | undefined) => edgeFunction && prepared.get(edgeFunction.code)
  for (const { viewerRequest, viewerResponse } of distribution.behaviors) {
    for (const edgeFunction of [viewerRequest, viewerResponse]) {
      if (edgeFunction === undefined || prepared.has(edgeFunction.code)) continue
      prepared.set(edgeFunction.code, prepare(edgeFunction))
    }
  }
  return {
    ...distribution,
    edgeName: `${distribution.id.toLowerCase().replace(/[^a-z0-9-]/g, '')}.cloudfront.net`,
    behaviorOf: behaviorMatcher(distribution),
    viewerRequestOf: ({ viewerRequest }) => functionOf(viewerRequest),
    viewerResponseOf: ({ viewerResponse }) => functionOf(viewerResponse),
    admits: createFirewall(distribution.firewall, nowMs),
  }
}
