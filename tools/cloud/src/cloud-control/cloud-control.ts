import * as sdk from '@aws-sdk/client-cloudcontrol'
import type { JsonObject } from '../cloudformation/engine/template.ts'
import { kindOf } from '../cloudformation/resources/all-kinds.ts'
import type { Kind, Work } from '../cloudformation/resources/kind.ts'
import { resourceSchema } from '../cloudformation/schema/resource-schemas.ts'
import { type CallContext, type OwnApi, ownApi } from '../server/own-api.ts'
import { AwsError } from '../wire/aws-error.ts'
import { jsonProtocol } from '../wire/json-protocol.ts'
import { operationsOf } from '../wire/operations.ts'
import { pageOf } from '../wire/page.ts'

const operations = operationsOf(sdk)
const PER_PAGE = 100

/**
 * Cloud Control, as far as it looks: resources in CloudFormation's shape, for the types that can be read back.
 * @param workOn what reading leans on, for an account
 * @source AWS Cloud Control API Reference
 */
export function cloudControl(workOn: (context: CallContext) => Work): OwnApi {
  return ownApi<sdk.CloudControl>('cloudcontrolapi', jsonProtocol('1.0'), operations, {
    getResource: async ({ TypeName = '', Identifier = '' }, context) => {
      const { read } = readable(TypeName)
      const live = await read(identifierOf(TypeName, Identifier), workOn(context))
      if (live === undefined) {
        const message = `Resource of type '${TypeName}' with identifier '${Identifier}' was not found.`
        throw new AwsError('ResourceNotFoundException', message)
      }
      const properties = { ...live.properties, ...nested(live.attributes) }
      return { TypeName, ResourceDescription: { Identifier, Properties: JSON.stringify(properties) } }
    },
    listResources: async ({ TypeName = '', NextToken, MaxResults }, context) => {
      const { list } = readable(TypeName)
      if (list === undefined) throw unsupported(TypeName, 'LIST')
      const all = (await list(workOn(context))).map((identifier) => ({
        Identifier: Object.values(identifier).map(String).join('|'),
        Properties: JSON.stringify(identifier),
      }))
      const { items, next } = pageOf(all, MaxResults ?? PER_PAGE, NextToken, 'InvalidRequestException')
      return { TypeName, ResourceDescriptions: [...items], NextToken: next }
    },
  })
}

/** @throws AwsError TypeNotFoundException, UnsupportedActionException */
function readable(type: string): Kind & { readonly read: NonNullable<Kind['read']> } {
  if (resourceSchema(type) === undefined) {
    throw new AwsError('TypeNotFoundException', `The type '${type}' cannot be found.`, 404)
  }
  const kind = kindOf(type)
  if (kind?.read === undefined) throw unsupported(type, 'READ')
  return { ...kind, read: kind.read }
}

function unsupported(type: string, action: string): AwsError {
  return new AwsError('UnsupportedActionException', `Resource type ${type} does not support ${action} action`)
}

/** Parts of an identifier are joined by bars, in the order of the schema. @source AWS Cloud Control API User Guide, "Identifying resources" */
function identifierOf(type: string, given: string): JsonObject {
  const names = resourceSchema(type)?.primaryIdentifier ?? []
  const parts = given.split('|')
  if (parts.length !== names.length) {
    throw new AwsError(
      'ValidationException',
      `Identifier ${given} is not valid for identifier [/properties/${names.join(', /properties/')}]`,
    )
  }
  return Object.fromEntries(names.map((name, i) => [name, parts[i]]))
}

/** Attributes with a dot in their name lie inside others. */
function nested(attributes: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(attributes).filter(([name]) => !name.includes('.')))
}
