import { randomUUID } from 'node:crypto'
import type {
  CloudFormation,
  OperationEvent,
  ParameterDeclaration,
  ResourceIdentifierSummary,
} from '@aws-sdk/client-cloudformation'
import type { CallContext, Handlers } from '../server/own-api.ts'
import { pageOf } from '../wire/page.ts'
import { neededCapability } from './capabilities.ts'
import { importIdentifier } from './engine/identifier.ts'
import { invalid, type Template } from './engine/template.ts'
import type { CloudFormationParts } from './parts.ts'
import { templateOf } from './template-source.ts'

/** Templates, before and after they are in a stack. @source AWS CloudFormation API Reference */
export function templateHandlers({ world, readTemplate }: CloudFormationParts): Handlers<CloudFormation> {
  const sets = ({ accountId, region }: CallContext) =>
    world.stacks.of(accountId, region).flatMap(({ changeSets }) => [...changeSets.values()])
  return {
    getTemplate: ({ StackName, ChangeSetName }, context) => {
      const set =
        ChangeSetName === undefined
          ? undefined
          : sets(context).find(({ id, name }) => id === ChangeSetName || name === ChangeSetName)
      const template = set?.template ?? world.stacks.get(context.accountId, context.region, StackName).template
      return { TemplateBody: template.body, StagesAvailable: ['Original', 'Processed'] }
    },
    validateTemplate: async (input, context) => {
      const template = await templateOf(readTemplate, input, context)
      return { ...about(template), Parameters: declarations(template) }
    },
    getTemplateSummary: async ({ StackName, TemplateBody, TemplateURL }, context) => {
      const stack = StackName === undefined ? undefined : world.stacks.get(context.accountId, context.region, StackName)
      if (stack?.status === 'REVIEW_IN_PROGRESS')
        throw invalid('GetTemplateSummary cannot be called on REVIEW_IN_PROGRESS stacks.')
      const template = stack?.template ?? (await templateOf(readTemplate, { TemplateBody, TemplateURL }, context))
      return {
        ...about(template),
        ...{ Parameters: declarations(template), Version: '2010-09-09', DeclaredTransforms: [] },
        ResourceTypes: [...new Set(Object.values(template.resources).map(({ type }) => type))],
        ResourceIdentifierSummaries: identifiers(template),
      }
    },
    describeEvents: ({ ChangeSetName, NextToken }, context) => {
      const set = sets(context).find(({ id, name }) => id === ChangeSetName || name === ChangeSetName)
      if (set === undefined) throw invalid('One of ChangeSetName, OperationId or StackName must be specified')
      const all: OperationEvent[] = set.findings.map((finding) => ({
        ...{
          EventId: randomUUID(),
          StackId: set.stack.id,
          OperationType: 'CREATE_CHANGESET',
          EventType: 'VALIDATION_ERROR',
        },
        ...{ LogicalResourceId: finding.logicalId, ResourceType: finding.type, Timestamp: set.createdAt },
        ...{ ValidationName: finding.name, ValidationStatus: 'FAILED', ValidationFailureMode: 'FAIL' },
        ValidationStatusReason: finding.reason,
      }))
      const { items, next } = pageOf(all, 100, NextToken)
      return { OperationEvents: [...items], NextToken: next }
    },
  }
}

function about(template: Template) {
  const { capability, types } = neededCapability(template)
  return {
    Description: template.description,
    ...(capability === undefined
      ? {}
      : {
          Capabilities: [capability],
          CapabilitiesReason: `The following resource(s) require capabilities: [${types.join(', ')}]`,
        }),
  }
}

function declarations({ parameters }: Template): ParameterDeclaration[] {
  return Object.entries(parameters).map(([ParameterKey, one]) => ({
    ...{ ParameterKey, ParameterType: one.type, NoEcho: one.noEcho },
    ...(one.default === undefined ? {} : { DefaultValue: String(one.default) }),
  }))
}

/** For each type that can be imported, the resources of it and what identifies one. */
function identifiers({ resources }: Template): ResourceIdentifierSummary[] {
  const types = [...new Set(Object.values(resources).map(({ type }) => type))]
  return types.flatMap((type) => {
    const names = importIdentifier(type)
    if (names === undefined) return []
    const ids = Object.entries(resources).flatMap(([id, one]) => (one.type === type ? [id] : []))
    return [{ ResourceType: type, LogicalResourceIds: ids, ResourceIdentifiers: [...names] }]
  })
}
