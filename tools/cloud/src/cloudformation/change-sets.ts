import { randomUUID } from 'node:crypto'
import type { ChangeSetSummary, CloudFormation, CreateChangeSetInput } from '@aws-sdk/client-cloudformation'
import type { CallContext, Handlers } from '../server/own-api.ts'
import { AwsError } from '../wire/aws-error.ts'
import { pageOf } from '../wire/page.ts'
import { checkCapabilities } from './capabilities.ts'
import { prepareChangeSet } from './engine/prepare-change-set.ts'
import { beginChangeSet } from './engine/run-change-set.ts'
import { parameterValues } from './engine/scope.ts'
import { type ChangeSet, enter, type Stack } from './engine/stacks.ts'
import { EMPTY, invalid, type Template } from './engine/template.ts'
import type { CloudFormationParts } from './parts.ts'
import { shownChange } from './shown-change.ts'
import { templateOf } from './template-source.ts'

const CHANGES_PER_PAGE = 20

/** States in which a stack takes an update. @source AWS CloudFormation User Guide, "Stack status codes" */
const UPDATABLE =
  /^(CREATE_COMPLETE|UPDATE_COMPLETE|UPDATE_ROLLBACK_COMPLETE|IMPORT_COMPLETE|IMPORT_ROLLBACK_COMPLETE|CREATE_FAILED|UPDATE_FAILED)$/

/** Change sets. @source AWS CloudFormation API Reference */
export function changeSetHandlers(parts: CloudFormationParts): Handlers<CloudFormation> {
  const { world, readTemplate, engine, pendingLooks } = parts
  return {
    createChangeSet: async (input, context) => {
      const { ChangeSetName: name = '', ChangeSetType: type = 'UPDATE', ClientToken: token } = input
      checkNames(input)
      const given = input.UsePreviousTemplate ? undefined : await templateOf(readTemplate, input, context)
      // From here to the registration nothing is waited for: of two callers one comes second.
      const existing = world.stacks.find(context.accountId, context.region, input.StackName ?? '')
      const again = existing?.changeSets.get(name)
      if (token !== undefined && again?.token === token) return { Id: again.id, StackId: again.stack.id }
      if (again !== undefined) throw new AwsError('AlreadyExistsException', `ChangeSet ${name} already exists`)
      checkState(existing, type, input)
      if (input.OnStackFailure === 'DELETE' && type !== 'CREATE') {
        throw invalid('OnStackFailure DELETE can be given with ChangeSetType CREATE only.')
      }
      const template = given ?? existing?.template ?? EMPTY
      checkCapabilities(template, input.Capabilities ?? [])
      const stack = existing ?? world.stacks.create({ ...context, name: input.StackName ?? '' })
      const set = newChangeSet(input, stack, template, pendingLooks)
      stack.changeSets.set(name, set)
      try {
        parameterValues(template, set.parameters)
        await prepareChangeSet(set, input.ResourcesToImport ?? [], engine.workOn)
      } catch (error) {
        stack.changeSets.delete(name)
        if (stack.events.length === 0 && stack.changeSets.size === 0) world.stacks.forget(stack)
        throw error
      }
      if (stack.events.length === 0) enter(stack, 'REVIEW_IN_PROGRESS', 'User Initiated')
      return { Id: set.id, StackId: stack.id }
    },
    describeChangeSet: (input, context) => {
      const set = changeSetOf(parts, input, context)
      if (set.looksLeft > 0) {
        set.looksLeft -= 1
        return {
          ...described(set),
          Status: 'CREATE_IN_PROGRESS',
          StatusReason: undefined,
          ExecutionStatus: 'UNAVAILABLE',
          Changes: [],
        }
      }
      const { items, next } = pageOf(set.changes, CHANGES_PER_PAGE, input.NextToken)
      const Changes = items.map((change) => shownChange(change, input.IncludePropertyValues === true))
      return { ...described(set), Changes, NextToken: next }
    },
    listChangeSets: ({ StackName, NextToken }, { accountId, region }) => {
      const stack = world.stacks.get(accountId, region, StackName, `Stack [${StackName}] does not exist`)
      const all = [...stack.changeSets.values()]
        .filter(({ execution }) => !execution.startsWith('EXECUTE'))
        .map(summary)
      const { items, next } = pageOf(all, 100, NextToken)
      return { Summaries: [...items], NextToken: next }
    },
    deleteChangeSet: ({ ChangeSetName, StackName }, context) => {
      const set = findChangeSet(parts, ChangeSetName, StackName, context)
      if (set?.execution === 'EXECUTE_IN_PROGRESS') {
        throw new AwsError('InvalidChangeSetStatus', `An operation on ChangeSet [${set.id}] is currently in progress.`)
      }
      set?.stack.changeSets.delete(set.name)
      return {}
    },
    executeChangeSet: (input, context) => {
      const { ChangeSetName, StackName, ClientRequestToken: token, DisableRollback } = input
      const set = changeSetOf(parts, { ChangeSetName, StackName }, context)
      const { stack } = set
      if (token !== undefined && stack.tokens.has(token)) return {}
      if (set.status !== 'CREATE_COMPLETE' || set.execution !== 'AVAILABLE') {
        const state = set.status === 'CREATE_COMPLETE' ? set.execution : set.status
        throw new AwsError(
          'InvalidChangeSetStatus',
          `ChangeSet [${set.id}] cannot be executed in its current status of [${state}]`,
        )
      }
      if (DisableRollback !== undefined && set.onStackFailure !== undefined) {
        // The API Reference forbids the two together; the sentence is unverified.
        throw invalid('DisableRollback cannot be specified when OnStackFailure was specified for the change set.')
      }
      checkState(stack, set.type, { StackName: stack.name })
      const isPreserving = DisableRollback ?? set.onStackFailure === 'DO_NOTHING'
      if (/_FAILED$/.test(stack.status) && !isPreserving) {
        throw invalid(
          `Stack [${stack.name}] is in ${stack.status} state: it can be updated only with rollback disabled.`,
        )
      }
      stack.disableRollback = isPreserving
      if (token !== undefined) stack.tokens.add(token)
      beginChangeSet(set, engine, token)
      for (const other of stack.changeSets.values()) if (other !== set) stack.changeSets.delete(other.name)
      return {}
    },
  }
}

function checkNames({ StackName = '', ChangeSetName = '' }: Partial<CreateChangeSetInput>): void {
  const wrong = (value: string, name: string) =>
    invalid(
      `1 validation error detected: Value '${value}' at '${name}' failed to satisfy constraint: Member must satisfy regular expression pattern: [a-zA-Z][-a-zA-Z0-9]*`,
    )
  if (!/^([a-zA-Z][-a-zA-Z0-9]{0,127}|arn:[-a-zA-Z0-9:/._+]*)$/.test(StackName)) throw wrong(StackName, 'stackName')
  if (!/^[a-zA-Z][-a-zA-Z0-9]{0,127}$/.test(ChangeSetName)) throw wrong(ChangeSetName, 'changeSetName')
}

/** Whether a stack is in a state for a change set of this type. @throws AwsError ValidationError */
function checkState(
  stack: Stack | undefined,
  type: string,
  { StackName, ChangeSetName }: Partial<CreateChangeSetInput>,
): void {
  if (type === 'CREATE') {
    if (stack === undefined || stack.status === 'REVIEW_IN_PROGRESS') return
    throw invalid(
      `Stack [${StackName}] already exists and cannot be created again with the changeSet [${ChangeSetName}].`,
    )
  }
  if (stack === undefined) {
    if (type === 'IMPORT') return
    throw invalid(`Stack [${StackName}] does not exist`)
  }
  const isReviewed = stack.status === 'REVIEW_IN_PROGRESS' && type === 'IMPORT'
  const isImportable = type !== 'IMPORT' || /_COMPLETE$/.test(stack.status)
  if (isReviewed || (UPDATABLE.test(stack.status) && isImportable)) return
  throw invalid(`Stack:${stack.id} is in ${stack.status} state and can not be updated.`)
}

function newChangeSet(input: CreateChangeSetInput, stack: Stack, template: Template, looksLeft: number): ChangeSet {
  const { ChangeSetName: name = '', Parameters = [] } = input
  const previous = stack.parameters
  const parameters = Object.fromEntries(
    Parameters.map(({ ParameterKey = '', ParameterValue, UsePreviousValue }) => [
      ParameterKey,
      (UsePreviousValue ? previous[ParameterKey] : ParameterValue) ?? '',
    ]),
  )
  return {
    id: `arn:aws:cloudformation:${stack.region}:${stack.accountId}:changeSet/${name}/${randomUUID()}`,
    ...{ name, stack, template, parameters, looksLeft, createdAt: new Date(), type: input.ChangeSetType ?? 'UPDATE' },
    ...{ tags: input.Tags ?? stack.tags, capabilities: input.Capabilities ?? [], description: input.Description },
    ...{
      onStackFailure: input.OnStackFailure,
      importExisting: input.ImportExistingResources === true,
      token: input.ClientToken,
    },
    ...{ status: 'CREATE_IN_PROGRESS', execution: 'UNAVAILABLE', changes: [], findings: [] },
  }
}

type Named = { ChangeSetName?: string | undefined; StackName?: string | undefined }

function findChangeSet(
  { world }: CloudFormationParts,
  name = '',
  stackName: string | undefined,
  { accountId, region }: CallContext,
) {
  if (name.startsWith('arn:')) {
    return world.stacks
      .of(accountId, region)
      .flatMap(({ changeSets }) => [...changeSets.values()])
      .find(({ id }) => id === name)
  }
  if (stackName === undefined) throw invalid('StackName must be specified if ChangeSetName is not specified as an ARN.')
  return world.stacks.find(accountId, region, stackName)?.changeSets.get(name)
}

/** @throws AwsError ChangeSetNotFound */
function changeSetOf(parts: CloudFormationParts, { ChangeSetName, StackName }: Named, context: CallContext): ChangeSet {
  const set = findChangeSet(parts, ChangeSetName, StackName, context)
  if (set !== undefined) return set
  throw new AwsError('ChangeSetNotFound', `ChangeSet [${ChangeSetName}] does not exist`, 404)
}

function summary(set: ChangeSet): ChangeSetSummary {
  return {
    ...{ ChangeSetId: set.id, ChangeSetName: set.name, StackId: set.stack.id, StackName: set.stack.name },
    ...{ Status: set.status, StatusReason: set.reason, ExecutionStatus: set.execution, CreationTime: set.createdAt },
    ...{ Description: set.description, ImportExistingResources: set.importExisting },
  }
}

function described(set: ChangeSet) {
  return {
    ...summary(set),
    Parameters: Object.entries(set.parameters).map(([ParameterKey, ParameterValue]) => ({
      ParameterKey,
      ParameterValue,
    })),
    ...{ Tags: [...set.tags], Capabilities: [...set.capabilities], NotificationARNs: [], RollbackConfiguration: {} },
    ...{ IncludeNestedStacks: false, OnStackFailure: set.onStackFailure },
  }
}
