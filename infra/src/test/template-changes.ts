import { fullDiff, ResourceImpact } from '@aws-cdk/cloudformation-diff'
import type { SynthesizedStack } from './synthesized.ts'

/** What becomes of a resource when one template follows the other. */
export type Change = readonly [id: string, impact: ResourceImpact]

const harmless: readonly ResourceImpact[] = [
  ResourceImpact.WILL_CREATE,
  ResourceImpact.WILL_UPDATE,
  ResourceImpact.WILL_IMPORT,
  ResourceImpact.NO_CHANGE,
]

/** Every change of a resource between two templates, by CloudFormation's own schema. */
export function changesBetween(
  before: Pick<SynthesizedStack, 'template'>,
  after: Pick<SynthesizedStack, 'template'>,
): readonly Change[] {
  const changes: Change[] = []
  fullDiff(before.template, after.template).resources.forEachDifference((id, { changeImpact }) => {
    changes.push([id, changeImpact])
  })
  return changes
}

/** Those that take something away or put another in its place, for certain or perhaps. */
export function losses(changes: readonly Change[]): readonly Change[] {
  return changes.filter(([, impact]) => !harmless.includes(impact))
}
