import type { AccountFacts, DeployedStage } from '@sax/infra/account-facts'
import type { StackResource, StackState } from '../../aws/cloudformation.ts'
import type { DistributionSummary } from '../../aws/cloudfront.ts'
import type { Surroundings } from '../../plan/resolved.ts'
import { literalNames } from '../../plan/static-identifier.ts'
import type { Cloud } from '../cloud.ts'
import { aliasesOf } from '../find-existing.ts'
import type { StackTemplate } from '../stack-template.ts'

/** One stack: as it is wanted, and what CloudFormation has of it. */
export interface SeenStack {
  readonly wanted: StackTemplate
  readonly state: StackState | undefined
  readonly resources: readonly StackResource[]
}

/** What every part of the status looks at. */
export interface Seen {
  readonly stage: DeployedStage
  readonly facts: AccountFacts
  readonly cloud: Cloud
  readonly stacks: readonly SeenStack[]
  readonly distributions: readonly DistributionSummary[]
  /** The command that puts most things right. */
  readonly apply: string
}

/** Reads what all parts need, once. @throws AwsFailure */
export async function look(
  cloud: Cloud,
  stage: DeployedStage,
  facts: AccountFacts,
  wanted: readonly StackTemplate[],
): Promise<Seen> {
  const stacks: SeenStack[] = []
  for (const one of wanted) {
    const state = await cloud.cloudFormation.stack(one.stackName)
    const resources = state === undefined ? [] : await cloud.cloudFormation.resources(one.stackName)
    stacks.push({ wanted: one, state, resources })
  }
  return {
    stage,
    facts,
    cloud,
    stacks,
    distributions: await cloud.cloudFront.distributions(),
    apply: `npx zones infra apply ${stage}`,
  }
}

/** What the references of a stack's template stand for, as far as it can be told from outside. */
export function surroundingsOf(
  { wanted, resources }: SeenStack,
  distributions: readonly DistributionSummary[],
): Surroundings {
  const { template, region, accountId } = wanted
  const answering = Object.keys(template.Resources)
    .filter((id) => template.Resources[id]?.Type === 'AWS::CloudFront::Distribution')
    .flatMap((id) => {
      const holder = distributions.find(({ aliases }) => aliases.some((name) => aliasesOf(wanted, id).includes(name)))
      return holder === undefined ? [] : [[id, holder.id] as const]
    })
  const made = resources
    .filter(({ physicalId }) => physicalId !== '')
    .map(({ logicalId, physicalId }) => [logicalId, physicalId] as const)
  return {
    region,
    accountId,
    physicalIds: { ...literalNames(template), ...Object.fromEntries(answering), ...Object.fromEntries(made) },
  }
}

/** Logical ids of one type in a stack's template. */
export function idsOf({ wanted: { template } }: SeenStack, type: string): readonly string[] {
  return Object.keys(template.Resources).filter((id) => template.Resources[id]?.Type === type)
}
