import { stageTemplates } from '@sax/infra'
import type { AccountFacts, DeployedStage } from '@sax/infra/account-facts'
import type { RoutingMode } from '@sax/topology'
import type { Template } from '../plan/template-plan.ts'
import type { StackTemplate } from './stack-template.ts'

/** The genuine templates of a stage, in the order in which its stacks are applied. */
export function templatesOf(stage: DeployedStage, facts: AccountFacts, routing: RoutingMode): readonly StackTemplate[] {
  return stageTemplates({ stage, facts, routing }).map((one) => ({
    ...one,
    template: one.template as unknown as Template,
    tags: Object.fromEntries(one.tags.map(({ Key, Value }) => [Key, Value])),
  }))
}
