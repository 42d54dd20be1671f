import { stageTemplates } from '@sax/infra'
import { type AccountFacts, type DeployedStage, routingOf } from '@sax/infra/account-facts'
import type { RoutingMode } from '@sax/topology'
import type { Template } from '../plan/template-plan.ts'
import type { StackTemplate } from './stack-template.ts'

/**
 * The genuine templates of a stage, in the order in which its stacks are applied.
 * @param routing default: the stage's own
 */
export function templatesOf(
  stage: DeployedStage,
  facts: AccountFacts,
  routing: RoutingMode = routingOf(stage, facts),
): readonly StackTemplate[] {
  return stageTemplates({ stage, facts, routing }).map((one) => ({
    ...one,
    template: one.template as unknown as Template,
    tags: Object.fromEntries(one.tags.map(({ Key, Value }) => [Key, Value])),
  }))
}
