import type { Change, ResourceChange } from '@aws-sdk/client-cloudformation'
import { differences, summary } from './differences.ts'
import { type ChangeSetPage, gate } from './gate.ts'
import { verdictOf } from './refusal.ts'
import { riskOf } from './risk.ts'
import { inReadingOrder, type PlannedAction, type PlannedChange, type StackPlan } from './stack-plan.ts'
import { looseResources, type Template } from './template-plan.ts'

/**
 * What a change set would do, and whether it may. `template` is the one it was made from: what it would let go is
 * refused too, even where CloudFormation lists no change.
 */
export function planFromChangeSet(stackName: string, pages: readonly ChangeSetPage[], template: Template): StackPlan {
  const changes = pages.flatMap(({ Changes = [] }) => Changes)
  const verdict = gate(pages)
  const loose = looseResources(template)
  return {
    stackName,
    source: 'change set',
    changes: inReadingOrder(changes.flatMap(planned)),
    verdict:
      loose.length === 0 ? verdict : verdictOf([...loose, ...(verdict.kind === 'refused' ? verdict.refusals : [])]),
    notes: changes.length === 0 && verdict.kind === 'accepted' ? ['Only outputs or settings of the stack change.'] : [],
  }
}

function planned({ ResourceChange: change }: Change): readonly PlannedChange[] {
  if (change === undefined) return []
  const { LogicalResourceId: logicalId = '(unnamed)', ResourceType: type = '(no type)' } = change
  const action = actionOf(change)
  const properties = (change.Details ?? []).flatMap(({ Target }) => Target?.Name ?? [])
  return [{ logicalId, type, action, reason: reasonOf(change, action), risk: riskOf(type, action, properties) }]
}

/** Whatever is not surely harmless is shown as the worse of what it may be. */
function actionOf({ Action, Replacement }: ResourceChange): PlannedAction {
  if (Action === 'Add') return 'add'
  if (Action === 'Import') return 'adopt'
  if (Action === 'Remove') return 'remove'
  return Action === 'Modify' && Replacement === 'False' ? 'change' : 'replace'
}

function reasonOf({ Details = [], PolicyAction }: ResourceChange, action: PlannedAction): string {
  if (action === 'add') return 'new in the template'
  if (action === 'adopt') return 'exists already under this name'
  if (action === 'remove') return `no longer in the template${PolicyAction === undefined ? '' : ` (${PolicyAction})`}`
  const parts = Details.flatMap(({ Target, ChangeSource, CausingEntity }) => {
    const name = (Target?.Path ?? Target?.Name ?? Target?.Attribute ?? '')
      .replace(/^\/(Properties\/)?/, '')
      .replaceAll('/', '.')
    if (ChangeSource !== undefined && ChangeSource !== 'DirectModification') {
      return [`${name} follows ${CausingEntity ?? 'another resource'}`]
    }
    return [summary(differences(parsed(Target?.BeforeValue), parsed(Target?.AfterValue), name)) || name]
  })
  return [...new Set(parts)].slice(0, 4).join('; ') || 'not said'
}

/** CloudFormation spells trees as JSON and single values as they are. */
function parsed(value: string | undefined): unknown {
  if (value === undefined) return undefined
  try {
    const tree: unknown = JSON.parse(value)
    return typeof tree === 'object' ? tree : value
  } catch {
    return value
  }
}
