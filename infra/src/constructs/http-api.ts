import { objectives, stages } from '@sax/topology'
import { CfnApi, CfnApiMapping, CfnDomainName, CfnIntegration, CfnRoute, CfnStage } from 'aws-cdk-lib/aws-apigatewayv2'
import { type CfnAlias, CfnPermission } from 'aws-cdk-lib/aws-lambda'
import { CfnOutput, type Stack } from 'aws-cdk-lib/core'
import type { AccountFacts, DeployedStage } from '../account-facts.ts'
import { apiLogGroupName, apiName } from '../resource-names.ts'
import { alarm, metric } from './alarm.ts'
import { encryptedLogGroup, type LogKeeping } from './log-group.ts'
import { aliasRecords, certificateFor } from './public-names.ts'

export interface HttpApiProps {
  readonly stage: DeployedStage
  readonly facts: AccountFacts
  /** Alias of the function that answers. */
  readonly backend: CfnAlias
  readonly keeping: LogKeeping
}

/** Requests per second, and how many may come at once. Beyond them callers are told 429. */
const THROTTLE = { throttlingRateLimit: 100, throttlingBurstLimit: 200 }

/** What is kept of a request: no query and no header, for they may name a person. */
const LOGGED = ['requestId', 'requestTime', 'httpMethod', 'status', 'responseLatency', 'integrationErrorMessage']

/**
 * The backend's public API. Every path goes to the backend, which verifies the token itself and answers unknown paths in
 * the contract's own words. A base URL outside AWS's own domain gets that domain, and then answers under no other.
 */
export function httpApi(stack: Stack, { stage, facts, backend, keeping }: HttpApiProps): CfnApi {
  const { hostname, pathname } = new URL(stages[stage].apiBaseUrl)
  const stageName = pathname.slice(1)
  const ownDomain = !hostname.endsWith('.amazonaws.com')
  const arn = (service: string, resource: string) => `arn:aws:${service}:${stack.region}:${facts.accountId}:${resource}`

  const api = new CfnApi(stack, 'HttpApi', {
    name: apiName(stage),
    protocolType: 'HTTP',
    disableExecuteApiEndpoint: ownDomain,
  })
  const integration = new CfnIntegration(stack, 'HttpApiIntegration', {
    apiId: api.ref,
    integrationType: 'AWS_PROXY',
    integrationUri: backend.ref,
    payloadFormatVersion: '2.0',
    timeoutInMillis: 30_000,
  })
  new CfnRoute(stack, 'HttpApiRoute', {
    apiId: api.ref,
    routeKey: '$default',
    target: `integrations/${integration.ref}`,
  })
  const logName = apiLogGroupName(stage)
  const logGroup = encryptedLogGroup(stack, 'HttpApiLogs', logName, keeping)
  const deployed = new CfnStage(stack, 'HttpApiStage', {
    apiId: api.ref,
    stageName,
    autoDeploy: true,
    accessLogSettings: {
      destinationArn: arn('logs', `log-group:${logName}`),
      format: JSON.stringify(Object.fromEntries(LOGGED.map((field) => [field, `$context.${field}`]))),
    },
    defaultRouteSettings: { ...THROTTLE, detailedMetricsEnabled: true },
  })
  deployed.addResourceDependency(logGroup)
  new CfnPermission(stack, 'HttpApiMayInvoke', {
    action: 'lambda:InvokeFunction',
    functionName: backend.ref,
    principal: 'apigateway.amazonaws.com',
    sourceArn: arn('execute-api', `${api.ref}/*`),
  })
  // The topology's base URL must be this one, or the domain before it.
  new CfnOutput(stack, 'ExecuteApiBaseUrl', { value: `${api.attrApiEndpoint}/${stageName}` })
  const measured = (name: string) => ({
    namespace: 'AWS/ApiGateway',
    name,
    dimensions: { ApiId: api.ref, Stage: stageName },
    stat: 'Sum',
  })
  alarm(stack, 'HttpApiServerErrors', {
    stage,
    facts,
    what: 'the backend: more answers are 5xx than promised',
    metrics: [
      { id: 'ratio', expression: 'failed / all', returnData: true },
      metric('failed', measured('5xx'), false),
      metric('all', measured('Count'), false),
    ],
    above: objectives.serverErrorRatio,
    breaching: 2,
    of: 3,
  })
  if (ownDomain) ownDomainOf(stack, { hostname, facts, deployed })
  return api
}

interface OwnDomain {
  readonly hostname: string
  readonly facts: AccountFacts
  readonly deployed: CfnStage
}

function ownDomainOf(stack: Stack, { hostname, facts, deployed }: OwnDomain): void {
  const certificate = certificateFor(stack, 'HttpApiCertificate', facts, [hostname])
  const domain = new CfnDomainName(stack, 'HttpApiDomain', {
    domainName: hostname,
    domainNameConfigurations: [
      { certificateArn: certificate.ref, endpointType: 'REGIONAL', securityPolicy: 'TLS_1_2' },
    ],
  })
  const mapping = new CfnApiMapping(stack, 'HttpApiMapping', {
    apiId: deployed.apiId,
    domainName: domain.ref,
    stage: deployed.stageName,
    apiMappingKey: deployed.stageName,
  })
  mapping.addResourceDependency(deployed)
  aliasRecords(stack, hostname, facts, {
    dnsName: domain.attrRegionalDomainName,
    hostedZoneId: domain.attrRegionalHostedZoneId,
  })
}
