import { fullDiff, type ResourceDifference, ResourceImpact } from '@aws-cdk/cloudformation-diff'
import { differences, summary } from './differences.ts'
import { type Refusal, verdictOf } from './refusal.ts'
import { isReleaseOwned } from './release-owned.ts'
import { riskOf } from './risk.ts'
import { inReadingOrder, type PlannedAction, type PlannedChange, type StackPlan } from './stack-plan.ts'

/** A CloudFormation template as far as a plan reads it. */
export interface Template {
  readonly Resources: Readonly<Record<string, Resource>>
  readonly Outputs?: Readonly<Record<string, unknown>>
}

interface Resource {
  readonly Type: string
  readonly DeletionPolicy?: string
  readonly UpdateReplacePolicy?: string
}

/** Refused whatever the reason: something is taken away, replaced, or may be. */
const REFUSED: Readonly<Partial<Record<ResourceImpact, string>>> = {
  [ResourceImpact.WILL_DESTROY]: 'it would be deleted',
  [ResourceImpact.WILL_ORPHAN]: 'it would be removed from the stack',
  [ResourceImpact.WILL_REPLACE]: 'it would be replaced',
  [ResourceImpact.MAY_REPLACE]: 'it may be replaced',
}

const ACTIONS: Readonly<Partial<Record<ResourceImpact, PlannedAction>>> = {
  [ResourceImpact.WILL_CREATE]: 'add',
  [ResourceImpact.WILL_UPDATE]: 'change',
  [ResourceImpact.WILL_DESTROY]: 'remove',
  [ResourceImpact.WILL_ORPHAN]: 'remove',
  [ResourceImpact.WILL_REPLACE]: 'replace',
  [ResourceImpact.MAY_REPLACE]: 'replace',
}

/**
 * What `after` would change of a stack that was made from `before`, told from the two templates alone. The same rules
 * as for a change set hold: nothing is removed, replaced or let go, and nothing is touched that releases own.
 * @param before undefined: there is no such stack yet
 */
export function planFromTemplates(stackName: string, before: Template | undefined, after: Template): StackPlan {
  const diff = fullDiff(before ?? { Resources: {} }, after)
  const found: { readonly change: PlannedChange; readonly refusals: readonly Refusal[] }[] = []
  diff.resources.forEachDifference((logicalId, difference) => {
    const action = ACTIONS[difference.changeImpact] ?? (difference.isDifferent ? 'change' : undefined)
    if (action !== undefined) found.push(judged(logicalId, action, difference))
  })
  return {
    stackName,
    source: 'baseline',
    changes: inReadingOrder(found.map(({ change }) => change)),
    verdict:
      found.length === 0 && diff.isEmpty
        ? { kind: 'nothing' }
        : verdictOf([...looseResources(after), ...found.flatMap(({ refusals }) => refusals)]),
    notes: diff.outputs.differenceCount > 0 && found.length === 0 ? ['Only outputs change.'] : [],
  }
}

/** Resources that CloudFormation would delete with the stack, or when it replaces them. */
export function looseResources({ Resources }: Template): readonly Refusal[] {
  return Object.entries(Resources)
    .filter(
      ([, { DeletionPolicy, UpdateReplacePolicy }]) => DeletionPolicy !== 'Retain' || UpdateReplacePolicy !== 'Retain',
    )
    .map(([logicalId, { Type: type }]) => ({ logicalId, type, why: 'the template does not retain it' }))
}

function judged(logicalId: string, action: PlannedAction, difference: ResourceDifference) {
  const type = difference.newResourceType ?? difference.oldResourceType ?? ''
  const properties = Object.keys(difference.propertyUpdates)
  const impact = REFUSED[difference.changeImpact]
  const owned = action === 'change' ? ownedByReleases(type, properties) : undefined
  const whys = [...(impact === undefined ? [] : [impact]), ...(owned === undefined ? [] : [owned])]
  return {
    change: { logicalId, type, action, reason: reasonOf(action, difference), risk: riskOf(type, action, properties) },
    refusals: whys.map((why) => ({ logicalId, type, why })),
  }
}

function ownedByReleases(type: string, properties: readonly string[]): string | undefined {
  if (isReleaseOwned(type)) return 'it belongs to releases'
  const owned = properties.find((property) => isReleaseOwned(type, property))
  return owned === undefined ? undefined : `${owned} belongs to releases`
}

function reasonOf(action: PlannedAction, difference: ResourceDifference): string {
  if (action === 'add') return 'new in the template'
  if (action === 'remove') return 'no longer in the template'
  const recreating = Object.entries(difference.propertyUpdates).filter(([, { changeImpact = '' }]) =>
    [ResourceImpact.WILL_REPLACE, ResourceImpact.MAY_REPLACE].includes(changeImpact as ResourceImpact),
  )
  const shown =
    action === 'replace' && recreating.length > 0 ? Object.fromEntries(recreating) : difference.propertyUpdates
  const all = [...Object.entries(shown), ...Object.entries(difference.otherChanges)].flatMap(
    ([name, { oldValue, newValue }]) => differences(oldValue, newValue, name),
  )
  // A property that only follows a replaced resource has the same text before and after.
  return all.length > 0 ? summary(all) : `follows another resource: ${Object.keys(shown).join(', ')}`
}
