import { randomUUID } from 'node:crypto'
import type { EventSourceMappingConfiguration, Lambda } from '@aws-sdk/client-lambda'
import type { CallContext, Handlers } from '../server/own-api.ts'
import { AwsError } from '../wire/aws-error.ts'
import { pageOf } from '../wire/page.ts'
import { functionAddress } from './function-name.ts'
import { type LambdaState, versionOf } from './function-state.ts'

/** Event source mappings. Whether the queue is there, and whether the role may read it, is not looked at. @source AWS Lambda API Reference */
export function eventSourceHandlers(state: LambdaState): Handlers<Lambda> {
  const arnOf = (given: string | undefined, context: CallContext) => {
    const { name, qualifier } = functionAddress(given, undefined, context)
    const fn = state.get(context.accountId, name, context.region)
    if (qualifier !== undefined) versionOf(fn, qualifier)
    return qualifier === undefined ? fn.arn : `${fn.arn}:${qualifier}`
  }
  const get = (id: string | undefined, { accountId, region }: CallContext) => {
    const mapping = state.mappings.get(id ?? '')
    if (mapping?.accountId === accountId) return mapping
    const arn = `arn:aws:lambda:${region}:${accountId}:event-source-mapping:${id}`
    throw new AwsError('ResourceNotFoundException', `Event source mapping not found: ${arn}`, 404, { Type: 'User' })
  }
  return {
    createEventSourceMapping: ({ FunctionName, Enabled = true, StartingPosition: _, Tags = {}, ...given }, context) => {
      const FunctionArn = arnOf(FunctionName, context)
      const same = [...state.mappings.values()].find(
        (other) => other.FunctionArn === FunctionArn && other.EventSourceArn === given.EventSourceArn,
      )
      if (same !== undefined) {
        throw new AwsError(
          'ResourceConflictException',
          `An event source mapping with event source ("${given.EventSourceArn}"), function ("${FunctionArn}") already exists. Please update or delete the existing mapping with UUID ${same.UUID}`,
          409,
          { Type: 'User' },
        )
      }
      const UUID = randomUUID()
      const mapping: EventSourceMappingConfiguration = {
        ...{ BatchSize: 10, MaximumBatchingWindowInSeconds: 0, ...given, UUID, FunctionArn },
        EventSourceMappingArn: `arn:aws:lambda:${context.region}:${context.accountId}:event-source-mapping:${UUID}`,
        ...{
          State: Enabled ? 'Enabled' : 'Disabled',
          StateTransitionReason: 'USER_INITIATED',
          LastModified: new Date(),
        },
      }
      state.mappings.set(UUID, { ...mapping, accountId: context.accountId, tags: Tags })
      return mapping
    },
    getEventSourceMapping: ({ UUID }, context) => get(UUID, context),
    updateEventSourceMapping: ({ UUID = '', FunctionName, Enabled, ...given }, context) => {
      const before = get(UUID, context)
      const after = {
        ...{ ...before, ...given, LastModified: new Date() },
        ...(FunctionName === undefined ? {} : { FunctionArn: arnOf(FunctionName, context) }),
        ...(Enabled === undefined ? {} : { State: Enabled ? 'Enabled' : 'Disabled' }),
      }
      state.mappings.set(UUID, after)
      return after
    },
    deleteEventSourceMapping: ({ UUID = '' }, context) => {
      const mapping = get(UUID, context)
      state.mappings.delete(UUID)
      return { ...mapping, State: 'Deleting' }
    },
    listEventSourceMappings: ({ FunctionName, EventSourceArn, Marker, MaxItems }, context) => {
      const arn = FunctionName === undefined ? undefined : arnOf(FunctionName, context)
      const all = [...state.mappings.values()].filter(
        (mapping) =>
          mapping.accountId === context.accountId &&
          (arn === undefined || mapping.FunctionArn === arn) &&
          (EventSourceArn === undefined || mapping.EventSourceArn === EventSourceArn),
      )
      const { items, next } = pageOf(all, MaxItems ?? 100, Marker, 'InvalidParameterValueException')
      return { EventSourceMappings: [...items], NextMarker: next }
    },
  }
}
