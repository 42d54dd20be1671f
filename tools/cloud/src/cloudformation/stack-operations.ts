import type {
  CloudFormation,
  StackResource as ShownResource,
  Stack as ShownStack,
  StackSummary,
} from '@aws-sdk/client-cloudformation'
import type { CallContext, Handlers } from '../server/own-api.ts'
import { pageOf } from '../wire/page.ts'
import { removeResources } from './engine/remove.ts'
import { rollBackUpdate } from './engine/roll-back.ts'
import { endStack, goOn } from './engine/run-change-set.ts'
import { checkStackPolicy } from './engine/stack-policy.ts'
import { enter, type Stack, type StackEvent, type StackResource } from './engine/stacks.ts'
import { invalid } from './engine/template.ts'
import type { CloudFormationParts } from './parts.ts'

const EVENTS_PER_PAGE = 100

/** Stacks as they are. @source AWS CloudFormation API Reference */
export function stackHandlers(parts: CloudFormationParts): Handlers<CloudFormation> {
  const { world, engine } = parts
  const find = (name: string | undefined, { accountId, region }: CallContext) =>
    world.stacks.get(accountId, region, name)
  return {
    describeStacks: ({ StackName, NextToken }, context) => {
      if (StackName !== undefined) return { Stacks: [shownStack(find(StackName, context))] }
      const all = world.stacks
        .of(context.accountId, context.region)
        .filter(({ status }) => status !== 'DELETE_COMPLETE')
      const { items, next } = pageOf(all, 100, NextToken)
      return { Stacks: items.map(shownStack), NextToken: next }
    },
    listStacks: ({ StackStatusFilter: filter, NextToken }, { accountId, region }) => {
      const all = world.stacks
        .of(accountId, region)
        .filter(({ status }) => filter === undefined || filter.includes(status))
      const { items, next } = pageOf(all, 100, NextToken)
      return { StackSummaries: items.map(stackSummary), NextToken: next }
    },
    describeStackEvents: ({ StackName, NextToken }, context) => {
      const stack = find(StackName, context)
      const { items, next } = pageOf(stack.events, EVENTS_PER_PAGE, NextToken)
      return { StackEvents: items.map((event) => shownEvent(stack, event)), NextToken: next }
    },
    describeStackResources: ({ StackName, LogicalResourceId }, context) => {
      const stack = find(StackName, context)
      const all = [...stack.resources.values()].filter(
        ({ logicalId }) => LogicalResourceId === undefined || logicalId === LogicalResourceId,
      )
      return { StackResources: all.slice(0, 100).map((one) => shownResource(stack, one)) }
    },
    describeStackResource: ({ StackName, LogicalResourceId = '' }, context) => {
      const stack = find(StackName, context)
      const found = stack.resources.get(LogicalResourceId)
      if (found === undefined) throw invalid(`Resource ${LogicalResourceId} does not exist for stack ${StackName}`)
      const { Timestamp, ...rest } = shownResource(stack, found)
      return { StackResourceDetail: { ...rest, LastUpdatedTimestamp: Timestamp } }
    },
    listStackResources: ({ StackName, NextToken }, context) => {
      const stack = find(StackName, context)
      const { items, next } = pageOf([...stack.resources.values()], 100, NextToken)
      const StackResourceSummaries = items.map((one) => {
        const { Timestamp, StackId: _, StackName: __, ...rest } = shownResource(stack, one)
        return { ...rest, LastUpdatedTimestamp: Timestamp }
      })
      return { StackResourceSummaries, NextToken: next }
    },
    setStackPolicy: ({ StackName, StackPolicyBody, StackPolicyURL }, context) => {
      const stack = find(StackName, context)
      if (StackPolicyURL !== undefined) throw invalid("Stack policies by URL are not available in the laptop's AWS.")
      if (StackPolicyBody === undefined) throw invalid('StackPolicyBody must be specified.')
      checkStackPolicy(StackPolicyBody)
      stack.policy = StackPolicyBody
      return {}
    },
    getStackPolicy: ({ StackName }, context) => {
      const { policy } = find(StackName, context)
      return policy === undefined ? {} : { StackPolicyBody: policy }
    },
    updateTerminationProtection: ({ StackName, EnableTerminationProtection }, context) => {
      const stack = find(StackName, context)
      stack.terminationProtection = EnableTerminationProtection === true
      return { StackId: stack.id }
    },
    deleteStack: ({ StackName, RetainResources = [] }, context) => {
      const stack = world.stacks.find(context.accountId, context.region, StackName ?? '')
      if (stack === undefined || stack.status === 'DELETE_COMPLETE') return {}
      if (stack.terminationProtection) {
        throw invalid(`Stack [${stack.name}] cannot be deleted while TerminationProtection is enabled`)
      }
      if (isBusy(stack)) throw invalid(`Stack:${stack.id} is in ${stack.status} state and can not be deleted.`)
      enter(stack, 'DELETE_IN_PROGRESS', 'User Initiated')
      const leaving = [...stack.resources.values()].filter(
        ({ logicalId, physicalId }) => physicalId !== undefined && !RetainResources.includes(logicalId),
      )
      goOn(stack, () => remove(stack, leaving, engine), engine)
      return {}
    },
    continueUpdateRollback: ({ StackName, ResourcesToSkip = [] }, context) => {
      const stack = find(StackName, context)
      if (stack.status !== 'UPDATE_ROLLBACK_FAILED') {
        throw invalid(`Stack:${stack.id} is in ${stack.status} state and can not continue a rollback.`)
      }
      goOn(stack, () => rollBackUpdate(stack, [], 'User Initiated', engine, ResourcesToSkip), engine)
      return {}
    },
  }
}

async function remove(
  stack: Stack,
  leaving: readonly StackResource[],
  engine: CloudFormationParts['engine'],
): Promise<void> {
  const left = await removeResources(stack, leaving, 'removed', engine)
  if (left.length === 0) endStack(stack)
  else enter(stack, 'DELETE_FAILED', `The following resource(s) failed to delete: [${left.join(', ')}]. `)
}

/** True while something goes on that a deletion would disturb. */
function isBusy({ status }: Stack): boolean {
  return /_IN_PROGRESS$/.test(status) && status !== 'REVIEW_IN_PROGRESS'
}

function stackSummary(stack: Stack): StackSummary {
  return {
    ...{ StackId: stack.id, StackName: stack.name, CreationTime: stack.createdAt, StackStatus: stack.status },
    ...{ StackStatusReason: stack.reason, LastUpdatedTime: stack.updatedAt, DeletionTime: stack.deletedAt },
    TemplateDescription: stack.template.description,
    DriftInformation: { StackDriftStatus: stack.drift?.status ?? 'NOT_CHECKED', LastCheckTimestamp: stack.drift?.at },
  }
}

function shownStack(stack: Stack): ShownStack {
  const isDone = /_COMPLETE$/.test(stack.status) && stack.status !== 'DELETE_COMPLETE'
  return {
    ...stackSummary(stack),
    ...{ Description: stack.template.description, ChangeSetId: stack.lastChangeSetId },
    Parameters: Object.entries(stack.template.parameters).map(([ParameterKey, one]) => ({
      ParameterKey,
      ParameterValue: one.noEcho ? '****' : String(stack.parameters[ParameterKey] ?? one.default),
    })),
    Outputs: isDone
      ? Object.entries(stack.outputs).map(([OutputKey, OutputValue]) => ({
          ...{ OutputKey, OutputValue, Description: stack.template.outputs[OutputKey]?.description },
        }))
      : [],
    ...{
      Tags: [...stack.tags],
      Capabilities: [...stack.capabilities] as ShownStack['Capabilities'],
      NotificationARNs: [],
    },
    ...{ RollbackConfiguration: {}, EnableTerminationProtection: stack.terminationProtection },
    DisableRollback: stack.disableRollback,
  }
}

function shownEvent(stack: Stack, event: StackEvent) {
  return {
    ...{ StackId: stack.id, StackName: stack.name, EventId: event.id, LogicalResourceId: event.logicalId },
    ...{ PhysicalResourceId: event.physicalId, ResourceType: event.type, Timestamp: event.at },
    ...{ ResourceStatus: event.status, ResourceStatusReason: event.reason, ClientRequestToken: event.token },
    ...(event.properties === undefined ? {} : { ResourceProperties: JSON.stringify(event.properties) }),
  }
}

function shownResource(stack: Stack, resource: StackResource): ShownResource {
  return {
    ...{ StackId: stack.id, StackName: stack.name, LogicalResourceId: resource.logicalId },
    ...{ PhysicalResourceId: resource.physicalId, ResourceType: resource.type, Timestamp: resource.at },
    ...{ ResourceStatus: resource.status, ResourceStatusReason: resource.reason },
    DriftInformation: { StackResourceDriftStatus: 'NOT_CHECKED' },
  }
}
