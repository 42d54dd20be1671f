import { distributions, host, type RoutingMode, type Stage } from '@sax/topology'
import type { DistributionState, ReleasePorts } from './ports.ts'
import { distributionsOf } from './release-facts.ts'
import type { StageLayout } from './stage-layout.ts'

const MODES: readonly RoutingMode[] = ['host', 'edge']

/** The routing that a stage has, whatever it is to have. Undefined: there is nothing that would say. @throws AwsFailure */
export async function appliedRouting(
  ports: Pick<ReleasePorts, 'stacks' | 'distributions'>,
  layout: StageLayout,
): Promise<RoutingMode | undefined> {
  const seen = (await distributionsOf(ports, layout))[host.name]
  return seen && routingIn(layout.stage, seen)
}

/** By where the behaviours of the host's distribution lead. Undefined: those are of neither mode. */
export function routingIn(stage: Stage, { origins }: Pick<DistributionState, 'origins'>): RoutingMode | undefined {
  return MODES.find((mode) => {
    const [{ cacheBehaviors }] = distributions(stage, mode)
    return cacheBehaviors.every(({ pathPattern, targetOriginId }) => origins[pathPattern] === targetOriginId)
  })
}
