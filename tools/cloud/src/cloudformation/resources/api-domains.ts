import * as gateway from '@aws-sdk/client-apigatewayv2'
import { requireCertificate } from '../../api-gateway/api-gateway-guard.ts'
import { AwsError } from '../../wire/aws-error.ts'
import type { JsonObject } from '../engine/template.ts'
import { apiTags, input } from './http-apis.ts'
import { type Kind, orAbsent, text, type Work } from './kind.ts'

/** Hosted zone id of every regional API domain in us-east-1. @source AWS General Reference, "Amazon API Gateway endpoints and quotas" */
const REGIONAL_ZONE_ID = 'Z1UJRXOUMOOFQ8'

/** A domain needs a certificate that is issued. @source AWS CloudFormation Template Reference, "AWS::ApiGatewayV2::DomainName" */
export const domainName: Kind = {
  type: 'AWS::ApiGatewayV2::DomainName',
  drift: false,
  importable: true,
  create: async (properties, work) => {
    const DomainName = text(properties, 'DomainName')
    const configurations = (properties.DomainNameConfigurations ?? []) as readonly {
      readonly CertificateArn?: string
    }[]
    for (const { CertificateArn } of configurations) {
      requireCertificate(work.world.certificates, work.accountId, DomainName, CertificateArn)
    }
    const existing = await orAbsent(work.clients.apiGateway.send(new gateway.GetDomainNameCommand({ DomainName })))
    if (existing !== undefined)
      throw new AwsError('ConflictException', 'The domain name you provided already exists.', 409)
    const made = input<gateway.CreateDomainNameCommandInput>(properties, { Tags: apiTags(properties) })
    await work.clients.apiGateway.send(new gateway.CreateDomainNameCommand(made))
    return { id: DomainName, attributes: domainFacts(DomainName, work) }
  },
  delete: async ({ id }, _properties, { clients }) => {
    await orAbsent(clients.apiGateway.send(new gateway.DeleteDomainNameCommand({ DomainName: id })))
  },
  read: async ({ DomainName }, work) => {
    const about = { DomainName: String(DomainName) }
    const found = await orAbsent(work.clients.apiGateway.send(new gateway.GetDomainNameCommand(about)))
    return (
      found && { id: String(DomainName), attributes: domainFacts(String(DomainName), work), properties: { DomainName } }
    )
  },
}

function domainFacts(DomainName: string, { region }: Work): JsonObject {
  const label = Buffer.from(DomainName).toString('hex').slice(0, 10)
  return {
    RegionalDomainName: `d-${label}.execute-api.${region}.amazonaws.com`,
    RegionalHostedZoneId: REGIONAL_ZONE_ID,
    DomainNameArn: `arn:aws:apigateway:${region}::/domainnames/${DomainName}`,
  }
}

/** @source AWS CloudFormation Template Reference, "AWS::ApiGatewayV2::ApiMapping" */
export const apiMapping: Kind = {
  type: 'AWS::ApiGatewayV2::ApiMapping',
  drift: false,
  importable: true,
  create: async (properties, { clients }) => {
    const { ApiMappingId = '' } = await clients.apiGateway.send(new gateway.CreateApiMappingCommand(input(properties)))
    return { id: ApiMappingId, attributes: { ApiMappingId } }
  },
  delete: async ({ id }, properties, { clients }) => {
    const about = { DomainName: text(properties, 'DomainName'), ApiMappingId: id }
    await orAbsent(clients.apiGateway.send(new gateway.DeleteApiMappingCommand(about)))
  },
  read: async ({ ApiMappingId, DomainName }, { clients }) => {
    const about = { DomainName: String(DomainName), ApiMappingId: String(ApiMappingId) }
    const found = await orAbsent(clients.apiGateway.send(new gateway.GetApiMappingCommand(about)))
    if (found === undefined) return undefined
    const { ApiId, ApiMappingKey, Stage } = found
    return {
      id: String(ApiMappingId),
      attributes: { ApiMappingId },
      properties: { DomainName, ApiId, ApiMappingKey, Stage },
    }
  },
}
