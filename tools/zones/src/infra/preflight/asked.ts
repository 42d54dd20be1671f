import type { AccountFacts, DeployedStage } from '@sax/infra/account-facts'
import { propertiesOf } from '../../plan/static-identifier.ts'
import type { StackTemplate } from '../stack-template.ts'

/** What is about to be applied, and what is there of it already. */
export interface Asked {
  readonly stage: DeployedStage
  readonly facts: AccountFacts
  readonly wanted: readonly StackTemplate[]
  /** Logical ids that each stack has, by its name. */
  readonly owned: ReadonlyMap<string, ReadonlySet<string>>
  /** Region the shell is set to; undefined: to none. */
  readonly shellRegion: string | undefined
}

/** Properties of every resource of a type that the stacks do not have yet. */
export function missingOf({ wanted, owned }: Asked, type: string): readonly Readonly<Record<string, unknown>>[] {
  return wanted.flatMap(({ stackName, template }) =>
    Object.keys(template.Resources)
      .filter((id) => template.Resources[id]?.Type === type && !owned.get(stackName)?.has(id))
      .map((id) => propertiesOf(template, id)),
  )
}

/** Where a stage's facts lie, for sentences. */
export const factsOf = (stage: DeployedStage) => `packages/topology/accounts/${stage}.json`
