import { type AccountFacts, type DeployedStage, routingOf } from '@sax/infra/account-facts'
import type { RoutingMode } from '@sax/topology'
import type { Colors } from 'picocolors/types'
import type { Baseline } from '../infra/baseline.ts'
import type { FactsFile } from '../infra/facts-file.ts'
import type { StackTemplate } from '../infra/stack-template.ts'
import type { ChangeOutcome } from '../outcome.ts'
import { planFromTemplates } from '../plan/template-plan.ts'
import { planTable } from '../report/plan-table.ts'

export interface InfraBaselinePorts {
  readonly stages: readonly DeployedStage[]
  readonly facts: (stage: DeployedStage) => FactsFile
  readonly exampleFacts: (stage: DeployedStage) => AccountFacts
  readonly templates: (stage: DeployedStage, facts: AccountFacts, routing: RoutingMode) => readonly StackTemplate[]
  readonly baseline: (stage: DeployedStage, part: StackTemplate['part']) => Baseline | undefined
  readonly writeBaseline: (stage: DeployedStage, part: StackTemplate['part'], baseline: Baseline) => string
  readonly palette: Colors
}

/**
 * Brings the baselines of stages without facts of their own along with the templates, as far as the gate allows. The
 * baseline of a stage that is applied is written by applying it, and by nothing else.
 */
export function infraBaseline(ports: InfraBaselinePorts): ChangeOutcome {
  const examples = ports.stages.filter((stage) => ports.facts(stage).kind === 'none')
  const planned = examples.flatMap((stage) => {
    const facts = ports.exampleFacts(stage)
    const routing = routingOf(stage, facts)
    return ports.templates(stage, facts, routing).map(({ part, stackName, template }) => ({
      stage,
      part,
      next: { accountId: facts.accountId, routing, template },
      plan: planFromTemplates(stackName, ports.baseline(stage, part)?.template, template),
    }))
  })
  const refused = planned.filter(({ plan }) => plan.verdict.kind === 'refused')
  if (refused.length > 0) {
    return {
      kind: 'refused',
      text: planTable(
        refused.map(({ plan }) => plan),
        ports.palette,
      ),
      reason:
        'No baseline was written. If this is meant, delete the baseline by hand, so that a review sees it, and run this again.',
    }
  }
  const due = planned.filter(({ plan }) => plan.verdict.kind === 'accepted')
  const paths = due.map(({ stage, part, next }) => ports.writeBaseline(stage, part, next))
  return {
    kind: 'done',
    text: paths.length === 0 ? 'Every baseline is as its template.' : `Written: ${paths.join(', ')}`,
  }
}
