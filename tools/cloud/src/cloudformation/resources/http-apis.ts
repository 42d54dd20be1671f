import * as gateway from '@aws-sdk/client-apigatewayv2'
import { AwsError } from '../../wire/aws-error.ts'
import type { JsonObject } from '../engine/template.ts'
import { type Kind, orAbsent, tagRecord, text, type Work } from './kind.ts'

/** Template properties are the API's own but for their names and numbers, so they are handed over as they are. */
export function input<Input>(properties: JsonObject, more: JsonObject = {}): Input {
  const { Tags: _, ...settings } = properties
  return { ...settings, ...more } as Input
}

/** @source AWS CloudFormation Template Reference, "AWS::ApiGatewayV2::Api" */
export const httpApi: Kind = {
  type: 'AWS::ApiGatewayV2::Api',
  drift: true,
  importable: true,
  create: async (properties, work) => {
    const { ApiId = '' } = await work.clients.apiGateway.send(
      new gateway.CreateApiCommand(input(properties, { Tags: apiTags(properties) })),
    )
    return { id: ApiId, attributes: apiFacts(ApiId, work) }
  },
  update: async ({ id }, properties, _before, work) => {
    const { ProtocolType: _, ...settings } = properties
    await work.clients.apiGateway.send(new gateway.UpdateApiCommand(input(settings, { ApiId: id })))
    return apiFacts(id, work)
  },
  delete: async ({ id }, _properties, { clients }) => {
    await orAbsent(clients.apiGateway.send(new gateway.DeleteApiCommand({ ApiId: id })))
  },
  read: async ({ ApiId }, work) => {
    const found = await orAbsent(work.clients.apiGateway.send(new gateway.GetApiCommand({ ApiId: String(ApiId) })))
    if (found === undefined) return undefined
    const { Name, ProtocolType, DisableExecuteApiEndpoint, Description } = found
    return {
      id: String(ApiId),
      attributes: apiFacts(String(ApiId), work),
      properties: {
        Name,
        ProtocolType,
        DisableExecuteApiEndpoint: DisableExecuteApiEndpoint ?? false,
        ...(Description ? { Description } : {}),
      },
    }
  },
  list: async ({ clients }) => {
    const { Items = [] } = await clients.apiGateway.send(new gateway.GetApisCommand({}))
    return Items.map(({ ApiId }) => ({ ApiId }))
  },
}

function apiFacts(ApiId: string, { region, accountId }: Work): JsonObject {
  return {
    ApiId,
    ApiEndpoint: `https://${ApiId}.execute-api.${region}.amazonaws.com`,
    ExecuteApiArn: `arn:aws:execute-api:${region}:${accountId}:${ApiId}`,
  }
}

/** API Gateway's tags are a map already; other services' are a list. */
export function apiTags(properties: JsonObject): JsonObject {
  return Array.isArray(properties.Tags) ? tagRecord(properties) : ((properties.Tags as JsonObject | undefined) ?? {})
}

/** @source AWS CloudFormation Template Reference, "AWS::ApiGatewayV2::Integration" */
export const integration: Kind = {
  type: 'AWS::ApiGatewayV2::Integration',
  drift: true,
  importable: true,
  create: async (properties, { clients }) => {
    const { IntegrationId = '' } = await clients.apiGateway.send(
      new gateway.CreateIntegrationCommand(integrationInput(properties)),
    )
    return { id: IntegrationId, attributes: { IntegrationId } }
  },
  update: async ({ id, attributes }, properties, _before, { clients }) => {
    const changed = integrationInput(properties, { IntegrationId: id })
    await clients.apiGateway.send(
      new gateway.UpdateIntegrationCommand(changed as gateway.UpdateIntegrationCommandInput),
    )
    return attributes
  },
  delete: async ({ id }, properties, { clients }) => {
    const about = { ApiId: text(properties, 'ApiId'), IntegrationId: id }
    await orAbsent(clients.apiGateway.send(new gateway.DeleteIntegrationCommand(about)))
  },
  read: async ({ ApiId, IntegrationId }, { clients }) => {
    const about = { ApiId: String(ApiId), IntegrationId: String(IntegrationId) }
    const found = await orAbsent(clients.apiGateway.send(new gateway.GetIntegrationCommand(about)))
    if (found === undefined) return undefined
    const { IntegrationType, IntegrationUri, PayloadFormatVersion, TimeoutInMillis } = found
    return {
      id: String(IntegrationId),
      attributes: { IntegrationId },
      properties: { ApiId, IntegrationType, IntegrationUri, PayloadFormatVersion, TimeoutInMillis },
    }
  },
}

function integrationInput(properties: JsonObject, more: JsonObject = {}): gateway.CreateIntegrationCommandInput {
  const { TimeoutInMillis } = properties
  return input(properties, {
    ...(TimeoutInMillis === undefined ? {} : { TimeoutInMillis: Number(TimeoutInMillis) }),
    ...more,
  })
}

/** @source AWS CloudFormation Template Reference, "AWS::ApiGatewayV2::Route" */
export const route: Kind = {
  type: 'AWS::ApiGatewayV2::Route',
  drift: true,
  importable: true,
  create: async (properties, { clients }) => {
    const { Items = [] } = await clients.apiGateway.send(
      new gateway.GetRoutesCommand({ ApiId: text(properties, 'ApiId') }),
    )
    if (Items.some(({ RouteKey }) => RouteKey === properties.RouteKey)) {
      throw new AwsError('ConflictException', `Route with key ${properties.RouteKey} already exists for this API`, 409)
    }
    const { RouteId = '' } = await clients.apiGateway.send(new gateway.CreateRouteCommand(input(properties)))
    return { id: RouteId, attributes: { RouteId } }
  },
  update: async ({ id, attributes }, properties, _before, { clients }) => {
    await clients.apiGateway.send(new gateway.UpdateRouteCommand(input(properties, { RouteId: id })))
    return attributes
  },
  delete: async ({ id }, properties, { clients }) => {
    const about = { ApiId: text(properties, 'ApiId'), RouteId: id }
    await orAbsent(clients.apiGateway.send(new gateway.DeleteRouteCommand(about)))
  },
  read: async ({ ApiId, RouteId }, { clients }) => {
    const about = { ApiId: String(ApiId), RouteId: String(RouteId) }
    const found = await orAbsent(clients.apiGateway.send(new gateway.GetRouteCommand(about)))
    if (found === undefined) return undefined
    return {
      id: String(RouteId),
      attributes: { RouteId },
      properties: { ApiId, RouteKey: found.RouteKey, Target: found.Target },
    }
  },
}

/** @source AWS CloudFormation Template Reference, "AWS::ApiGatewayV2::Stage" */
export const stage: Kind = {
  type: 'AWS::ApiGatewayV2::Stage',
  drift: true,
  importable: true,
  create: async (properties, { clients }) => {
    await clients.apiGateway.send(new gateway.CreateStageCommand(stageInput(properties)))
    return { id: text(properties, 'StageName'), attributes: {} }
  },
  update: async (_current, properties, _before, { clients }) => {
    await clients.apiGateway.send(new gateway.UpdateStageCommand(stageInput(properties)))
    return {}
  },
  delete: async ({ id }, properties, { clients }) => {
    const about = { ApiId: text(properties, 'ApiId'), StageName: id }
    await orAbsent(clients.apiGateway.send(new gateway.DeleteStageCommand(about)))
  },
  read: async ({ ApiId, StageName }, { clients }) => {
    const about = { ApiId: String(ApiId), StageName: String(StageName) }
    const found = await orAbsent(clients.apiGateway.send(new gateway.GetStageCommand(about)))
    if (found === undefined) return undefined
    const { AutoDeploy, AccessLogSettings, DefaultRouteSettings } = found
    return {
      id: String(StageName),
      attributes: {},
      properties: { ApiId, StageName, AutoDeploy, AccessLogSettings, DefaultRouteSettings },
    }
  },
}

/** Numbers and flags may be written as texts in templates, and stages hold several. */
function stageInput(properties: JsonObject): gateway.CreateStageCommandInput {
  const { DefaultRouteSettings: settings, AutoDeploy } = properties
  const route = (settings ?? {}) as Readonly<Record<string, unknown>>
  const typed = Object.fromEntries(
    Object.entries(route).map(([name, value]) => [
      name,
      /Limit$/.test(name) ? Number(value) : /Enabled$/.test(name) ? String(value) === 'true' : value,
    ]),
  )
  return input(properties, {
    ...(AutoDeploy === undefined ? {} : { AutoDeploy: String(AutoDeploy) === 'true' }),
    ...(settings === undefined ? {} : { DefaultRouteSettings: typed }),
  })
}
