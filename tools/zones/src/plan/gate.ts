import type { Change, DescribeChangeSetOutput, ResourceChangeDetail } from '@aws-sdk/client-cloudformation'
import { type Refusal, type Verdict, verdictOf } from './refusal.ts'
import { isReleaseOwned } from './release-owned.ts'

/** What CloudFormation says of one page of a change set. Every field may be missing: nothing is taken for granted. */
export type ChangeSetPage = Readonly<
  Pick<DescribeChangeSetOutput, 'ChangeSetId' | 'StackId' | 'Status' | 'StatusReason' | 'ExecutionStatus' | 'NextToken'>
> & { readonly Changes?: readonly Change[] | undefined }

/** What CloudFormation writes when a change set holds nothing. @source AWS CloudFormation API Reference, "DescribeChangeSet"; the sentences are known from use */
const NO_CHANGES = /didn't contain changes|No updates are to be performed/

/** Attributes of a resource whose change never recreates it and takes nothing away. */
const HARMLESS_ATTRIBUTES = ['Metadata', 'Tags']
const RETENTION_ATTRIBUTES = ['DeletionPolicy', 'UpdateReplacePolicy']

/**
 * Whether a change set may be executed: only when every page was read and every change in it is known to add, to take
 * over or to change in place. What is missing, unknown or undecided is refused.
 *
 * @param pages in the order they were read, each with the token of the page before it
 * @source AWS CloudFormation API Reference, "ResourceChange", "ResourceTargetDefinition", "ResourceChangeDetail"
 */
export function gate(pages: readonly ChangeSetPage[]): Verdict {
  const [first] = pages
  if (first === undefined) return verdictOf([whole('the change set was not read')])
  const changes = pages.flatMap((page) => page.Changes ?? [])
  const unread = unreadPages(pages)
  if (first.Status === 'FAILED' && NO_CHANGES.test(first.StatusReason ?? '')) {
    return changes.length === 0 && unread.length === 0
      ? { kind: 'nothing' }
      : verdictOf([whole('the change set says that it holds no change, and holds some'), ...unread])
  }
  return verdictOf([...stateOf(first), ...unread, ...changes.flatMap(judge)])
}

function stateOf({ Status, StatusReason, ExecutionStatus }: ChangeSetPage): readonly Refusal[] {
  if (Status !== 'CREATE_COMPLETE') {
    return [whole(`the change set is ${Status ?? 'in no known state'}${StatusReason ? `: ${StatusReason}` : ''}`)]
  }
  if (ExecutionStatus !== 'AVAILABLE') {
    return [whole(`the change set cannot be executed (${ExecutionStatus ?? 'no state'})`)]
  }
  return []
}

/** Pages that were not read, or that belong to another change set. */
function unreadPages(pages: readonly ChangeSetPage[]): readonly Refusal[] {
  const ids = new Set(pages.map(({ ChangeSetId, StackId }) => `${ChangeSetId ?? ''} ${StackId ?? ''}`))
  const last = pages.length - 1
  return [
    ...(ids.size > 1 ? [whole('the pages belong to different change sets')] : []),
    ...(pages.some(({ NextToken }, i) => (NextToken !== undefined && NextToken !== '') !== i < last)
      ? [whole('not every page of the change set was read')]
      : []),
    ...(pages.some(({ Changes }) => Changes === undefined)
      ? [whole('a page of the change set lists no changes at all')]
      : []),
  ]
}

function judge({ Type, ResourceChange: change }: Change): readonly Refusal[] {
  if (change === undefined || Type !== 'Resource') return [whole(`a change is of the unknown kind ${Type ?? '(none)'}`)]
  const {
    LogicalResourceId: logicalId = '',
    ResourceType: type = '',
    Action,
    Replacement,
    PolicyAction,
    Details,
  } = change
  const refused = (why: string): Refusal => ({ logicalId, type, why })
  if (logicalId === '' || type === '') return [refused('it is not said which resource is changed')]
  if (type === 'AWS::CloudFormation::Stack') return [refused('it is a stack in the stack, whose changes were not read')]
  if (PolicyAction !== undefined) return [refused(`the old resource would be taken away (${PolicyAction})`)]
  if (Action === 'Add' || Action === 'Import') return []
  if (Action === 'Remove') return [refused('it would be removed from the stack')]
  if (Action !== 'Modify') return [refused(`what would happen to it cannot be told (${Action ?? 'no action'})`)]
  if (Replacement !== 'False') {
    return [
      refused(Replacement === 'True' ? 'it would be replaced' : `it may be replaced (${Replacement ?? 'not said'})`),
    ]
  }
  if (isReleaseOwned(type)) return [refused('it belongs to releases')]
  if (Details === undefined || Details.length === 0) return [refused('it is not said what of it would change')]
  return Details.flatMap((detail) => judgeDetail(type, detail).map(refused))
}

/** Why one change inside a resource is refused. */
function judgeDetail(type: string, { Target }: ResourceChangeDetail): readonly string[] {
  const { Attribute, Name, RequiresRecreation, AfterValue, AttributeChangeType } = Target ?? {}
  if (Attribute === undefined) return ['it is not said what of it would change']
  if (RequiresRecreation !== undefined && RequiresRecreation !== 'Never') {
    return [`${Name ?? Attribute} cannot be changed in place (${RequiresRecreation})`]
  }
  if (RETENTION_ATTRIBUTES.includes(Attribute)) {
    return AfterValue === 'Retain' ? [] : [`its ${Attribute} would become ${AfterValue ?? 'unknown'} instead of Retain`]
  }
  if (HARMLESS_ATTRIBUTES.includes(Attribute)) return []
  if (Attribute !== 'Properties') return [`a change of its ${Attribute} is not known to be harmless`]
  if (Name === undefined || Name === '') return ['it is not said which property would change']
  if (RequiresRecreation === undefined) return [`it is not said whether ${Name} can be changed in place`]
  if (AttributeChangeType === 'SyncWithActual')
    return [`${Name} would be taken from what is there instead of the template`]
  return isReleaseOwned(type, Name) ? [`${Name} belongs to releases`] : []
}

function whole(why: string): Refusal {
  return { logicalId: '', type: '', why }
}
