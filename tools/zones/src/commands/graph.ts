import {
  type Distribution,
  distributions,
  isStage,
  type RoutingMode,
  type Stage,
  stageNames,
  stages,
} from '@sax/topology'
import type { Outcome } from '../outcome.ts'

export interface GraphArguments {
  readonly stage: string
  /** Default: the stage's own. */
  readonly routing?: string | undefined
}

/** A stage as a Mermaid flow chart: names, distributions, behaviours in CloudFront's order, origins. */
export function graph({ stage, routing }: GraphArguments): Outcome {
  if (!isStage(stage)) {
    return { kind: 'bad-input', reason: `There is no stage "${stage}". Stages: ${stageNames.join(', ')}.` }
  }
  if (routing !== undefined && routing !== 'host' && routing !== 'edge') {
    return { kind: 'bad-input', reason: '--routing is host or edge.' }
  }
  return { kind: 'done', text: mermaid(stage, routing ?? stages[stage].routing) }
}

function mermaid(stage: Stage, routing: RoutingMode): string {
  const all = distributions(stage, routing)
  const origins = [...new Set(all.flatMap(behaviors).map(({ targetOriginId }) => targetOriginId))]
  const [host, ...carried] = all
  return [
    'flowchart LR',
    ...all.map((one) => `  ${one.zone}(["${one.aliases.join('<br/>')}"])`),
    ...origins.map((id) => `  ${id}["${id}"]`),
    ...all.flatMap((one) =>
      behaviors(one).map(
        ({ pathPattern, targetOriginId }, i) =>
          `  ${one.zone} -->|"${i + 1}: ${escaped(pathPattern)}"| ${targetOriginId}`,
      ),
    ),
    ...(routing === 'host' ? carried.map((one) => `  ${host.zone}-pages -.->|"proxy"| ${one.zone}`) : []),
  ].join('\n')
}

function behaviors(one: Distribution) {
  return [...one.cacheBehaviors, one.defaultCacheBehavior]
}

/** Mermaid reads `*` as emphasis. */
function escaped(pattern: string): string {
  return pattern.replaceAll('*', '#42;')
}
