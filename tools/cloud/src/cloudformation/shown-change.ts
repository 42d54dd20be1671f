import type { Change, ResourceChange } from '@aws-sdk/client-cloudformation'
import type { ChangeDetail, PlannedChange } from './engine/planned-change.ts'

/** A change as DescribeChangeSet shows it, with the values or without. */
export function shownChange(change: PlannedChange, withValues: boolean): Change {
  const details = withValues ? change.details : withoutValues(change.details)
  const isNew = change.action === 'Add'
  // A new resource says Replacement True when values are asked for: AWS does so too.
  const replacement = isNew && withValues ? 'True' : change.replacement
  const ResourceChange: ResourceChange = {
    ...{ Action: change.action, LogicalResourceId: change.logicalId, ResourceType: change.type },
    ...(change.physicalId === undefined ? {} : { PhysicalResourceId: change.physicalId }),
    ...(replacement === undefined ? {} : { Replacement: replacement }),
    ...(change.policyAction === undefined ? {} : { PolicyAction: change.policyAction }),
    Scope: [...new Set(details.map(({ attribute }) => attribute))],
    Details: details.map((detail) => shownDetail(detail, withValues)),
    ...(withValues && change.before !== undefined ? { BeforeContext: JSON.stringify(change.before) } : {}),
    ...(withValues && change.after !== undefined ? { AfterContext: JSON.stringify(change.after) } : {}),
  }
  return { Type: 'Resource', ResourceChange }
}

/** One detail for each property and reason, however many values differ inside it. */
function withoutValues(details: readonly ChangeDetail[]): readonly ChangeDetail[] {
  const byReason = new Map<string, ChangeDetail>()
  for (const detail of details.filter(({ valuesOnly }) => valuesOnly === undefined)) {
    const key = [detail.attribute, detail.name, detail.source, detail.causingEntity].join('|')
    const other = byReason.get(key)
    if (other === undefined || other.requiresRecreation === 'Never') byReason.set(key, detail)
  }
  return [...byReason.values()]
}

function shownDetail(detail: ChangeDetail, withValues: boolean) {
  const change = detail.before === undefined ? 'Add' : detail.after === undefined ? 'Remove' : 'Modify'
  return {
    Target: {
      ...{ Attribute: detail.attribute, RequiresRecreation: detail.requiresRecreation },
      ...(detail.name === undefined ? {} : { Name: detail.name }),
      ...(withValues
        ? {
            ...{ Path: detail.path, AttributeChangeType: change as 'Add' | 'Remove' | 'Modify' },
            ...(detail.before === undefined ? {} : { BeforeValue: asText(detail.before) }),
            ...(detail.after === undefined ? {} : { AfterValue: asText(detail.after) }),
          }
        : {}),
    },
    Evaluation: detail.evaluation,
    ...(detail.source === undefined ? {} : { ChangeSource: detail.source }),
    ...(detail.causingEntity === undefined ? {} : { CausingEntity: detail.causingEntity }),
  }
}

function asText(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}
