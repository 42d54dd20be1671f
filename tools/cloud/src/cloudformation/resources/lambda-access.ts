import type { AddPermissionRequest, CreateEventSourceMappingRequest } from '@aws-sdk/client-lambda'
import { functionAddress } from '../../lambda/function-name.ts'
import type { JsonObject } from '../engine/template.ts'
import { given, type Kind, madeUpName, orAbsent, shownTags, tagRecord, text } from './kind.ts'
import { lambdaOf } from './lambda-functions.ts'

/** @source AWS CloudFormation Template Reference, "AWS::Lambda::Url" */
export const lambdaUrl: Kind = {
  type: 'AWS::Lambda::Url',
  drift: true,
  importable: true,
  create: async (properties, work) => {
    const { TargetFunctionArn, ...settings } = properties
    const input = { ...settings, FunctionName: String(TargetFunctionArn) }
    const made = await lambdaOf(work)('createFunctionUrlConfig', input as never)
    return { id: made.FunctionArn ?? '', attributes: { FunctionArn: made.FunctionArn, FunctionUrl: made.FunctionUrl } }
  },
  update: async ({ id, attributes }, { AuthType, InvokeMode = 'BUFFERED', Cors }, _before, work) => {
    const settings = given({ AuthType, InvokeMode, Cors })
    await lambdaOf(work)('updateFunctionUrlConfig', { ...settings, FunctionName: id } as never)
    return attributes
  },
  delete: async ({ id }, _properties, work) => {
    await orAbsent(lambdaOf(work)('deleteFunctionUrlConfig', { FunctionName: id }))
  },
  read: async ({ FunctionArn }, work) => {
    const { name, qualifier = '' } = functionAddress(String(FunctionArn), undefined, work)
    const fn = work.world.lambda.find(work.accountId, name)
    const url = fn?.urls.get(qualifier)
    if (fn === undefined || url === undefined) return undefined
    return {
      id: String(FunctionArn),
      attributes: { FunctionArn, FunctionUrl: url.FunctionUrl },
      properties: given({
        ...{ TargetFunctionArn: fn.arn, AuthType: url.AuthType, InvokeMode: url.InvokeMode, Cors: url.Cors },
        Qualifier: qualifier || undefined,
      }),
    }
  },
  list: async ({ world, accountId }) =>
    world.lambda.of(accountId).flatMap((fn) => [...fn.urls.values()].map((url) => ({ FunctionArn: url.FunctionArn }))),
}

/** @source AWS CloudFormation Template Reference, "AWS::Lambda::Permission" */
export const lambdaPermission: Kind = {
  type: 'AWS::Lambda::Permission',
  drift: false,
  importable: true,
  create: async (properties, work) => {
    const StatementId = madeUpName(work, 100)
    await lambdaOf(work)('addPermission', { ...(properties as unknown as AddPermissionRequest), StatementId })
    return { id: StatementId, attributes: { Id: StatementId } }
  },
  delete: async ({ id }, properties, work) => {
    const input = { FunctionName: text(properties, 'FunctionName'), StatementId: id }
    await orAbsent(lambdaOf(work)('removePermission', input))
  },
  read: async ({ FunctionName, Id }, work) => {
    const { name, qualifier = '' } = functionAddress(String(FunctionName), undefined, work)
    const statements = work.world.lambda.find(work.accountId, name)?.policies.get(qualifier)?.statements ?? []
    const found = statements.find(({ Sid }) => Sid === Id)
    if (found === undefined) return undefined
    return { id: String(Id), attributes: { Id }, properties: { FunctionName, Action: found.Action } }
  },
}

/** @source AWS CloudFormation Template Reference, "AWS::Lambda::EventSourceMapping" */
export const eventSourceMapping: Kind = {
  type: 'AWS::Lambda::EventSourceMapping',
  drift: true,
  importable: true,
  create: async (properties, work) => {
    const made = await lambdaOf(work)('createEventSourceMapping', mappingInput(properties))
    return { id: made.UUID ?? '', attributes: { Id: made.UUID, EventSourceMappingArn: made.EventSourceMappingArn } }
  },
  update: async ({ id, attributes }, properties, _before, work) => {
    const { EventSourceArn: _, Tags: __, ...input } = mappingInput(properties)
    await lambdaOf(work)('updateEventSourceMapping', { ...input, UUID: id })
    return attributes
  },
  delete: async ({ id }, _properties, work) => {
    await orAbsent(lambdaOf(work)('deleteEventSourceMapping', { UUID: id }))
  },
  read: async ({ Id }, { world, accountId }) => {
    const mapping = world.lambda.mappings.get(String(Id))
    if (mapping?.accountId !== accountId) return undefined
    const {
      UUID,
      FunctionArn,
      State,
      tags,
      accountId: _,
      LastModified: __,
      StateTransitionReason: ___,
      ...settings
    } = mapping
    return {
      id: String(Id),
      attributes: { Id: UUID, EventSourceMappingArn: mapping.EventSourceMappingArn },
      properties: given({
        ...{ ...settings, FunctionName: FunctionArn, Enabled: State === 'Enabled' },
        Tags: shownTags(tags),
      }),
    }
  },
  list: async ({ world, accountId }) =>
    [...world.lambda.mappings.values()].filter((one) => one.accountId === accountId).map(({ UUID }) => ({ Id: UUID })),
}

function mappingInput(properties: JsonObject): CreateEventSourceMappingRequest {
  const { Enabled, BatchSize, MaximumBatchingWindowInSeconds: window, Tags: _, ...others } = properties
  return {
    ...(others as unknown as CreateEventSourceMappingRequest),
    ...given({
      Enabled: Enabled === undefined ? undefined : String(Enabled) === 'true',
      BatchSize: BatchSize === undefined ? undefined : Number(BatchSize),
      MaximumBatchingWindowInSeconds: window === undefined ? undefined : Number(window),
    }),
    Tags: tagRecord(properties),
  }
}
