import { objectives } from '@sax/topology'
import { CfnApi, CfnApiMapping, CfnDomainName, CfnIntegration, CfnRoute, CfnStage } from 'aws-cdk-lib/aws-apigatewayv2'
import type { CfnKey } from 'aws-cdk-lib/aws-kms'
import { CfnPermission } from 'aws-cdk-lib/aws-lambda'
import { CfnOutput, type Stack } from 'aws-cdk-lib/core'
import { HTTP_API_SERVER_ERRORS } from '../alarm-names.ts'
import { arnOf, liveArn } from '../arn.ts'
import { backendFunctions, type StageFunction } from '../functions.ts'
import { apiLogGroupName, apiName } from '../resource-names.ts'
import type { StageDescription } from '../stage-description.ts'
import { alarm, metric } from './alarm.ts'
import { encryptedLogGroup } from './log-group.ts'
import { aliasRecords, certificateFor } from './public-names.ts'

/**
 * Requests per second, and how many may come at once. Beyond them callers are told 429, the carrier too, which tells a text
 * twice at most: so it is twice of what is promised to be carried, 500 coordinators who ask for news every two seconds and
 * 200 texts a second. What the account has to bear is bounded by the functions' concurrency.
 * @source docs/performance.md (load on conversations); Twilio documentation, "Webhooks FAQ"
 */
const THROTTLE = { throttlingRateLimit: 1_000, throttlingBurstLimit: 2_000 }

/** What is kept of a request: no query and no header, for they may name a person. */
const LOGGED = ['requestId', 'requestTime', 'httpMethod', 'status', 'responseLatency', 'integrationErrorMessage']

/**
 * The backend's public API. Every path goes to the backend, which verifies the token itself and answers unknown paths in
 * the contract's own words. A base URL outside AWS's own domain gets that domain, and then answers under no other. The
 * backend's function is in the other stack, which is applied before: it is named by its ARN.
 *
 * @returns the address under which it answers: the topology's own domain, else AWS's, which is known when the API is made.
 */
export function httpApi(stack: Stack, described: StageDescription, key: CfnKey): string {
  const { stage, settings } = described
  const { hostname, pathname } = new URL(settings.apiBaseUrl)
  const stageName = pathname.slice(1)
  const ownDomain = !hostname.endsWith('.amazonaws.com')
  const backend = liveArn(described, backendOf(described))

  const api = new CfnApi(stack, 'HttpApi', {
    name: apiName(stage),
    protocolType: 'HTTP',
    disableExecuteApiEndpoint: ownDomain,
  })
  const integration = new CfnIntegration(stack, 'HttpApiIntegration', {
    apiId: api.ref,
    integrationType: 'AWS_PROXY',
    integrationUri: backend,
    payloadFormatVersion: '2.0',
    timeoutInMillis: 30_000,
  })
  new CfnRoute(stack, 'HttpApiRoute', {
    apiId: api.ref,
    routeKey: '$default',
    target: `integrations/${integration.ref}`,
  })
  const logName = apiLogGroupName(stage)
  const logGroup = encryptedLogGroup(stack, described, key, { id: 'HttpApi', name: logName })
  const deployed = new CfnStage(stack, 'HttpApiStage', {
    apiId: api.ref,
    stageName,
    autoDeploy: true,
    accessLogSettings: {
      destinationArn: arnOf(described, 'logs', `log-group:${logName}`),
      format: JSON.stringify(Object.fromEntries(LOGGED.map((field) => [field, `$context.${field}`]))),
    },
    defaultRouteSettings: { ...THROTTLE, detailedMetricsEnabled: true },
  })
  deployed.addResourceDependency(logGroup)
  new CfnPermission(stack, 'HttpApiMayInvoke', {
    action: 'lambda:InvokeFunction',
    functionName: backend,
    principal: 'apigateway.amazonaws.com',
    sourceArn: arnOf(described, 'execute-api', `${api.ref}/*`),
  })
  serverErrorAlarm(stack, described, { ApiId: api.ref, Stage: stageName })
  const ofAws = `https://${api.ref}.execute-api.${settings.region}.amazonaws.com/${stageName}`
  // To be compared with the topology's base URL, where that is one of AWS's own.
  new CfnOutput(stack, 'ExecuteApiBaseUrl', { value: ofAws })
  if (!ownDomain) return ofAws
  ownDomainOf(stack, described, hostname, deployed)
  return settings.apiBaseUrl
}

function backendOf(described: StageDescription): StageFunction {
  const backend = backendFunctions(described).find(({ kind }) => kind === 'backend')
  if (backend === undefined) throw new Error('the stage has no backend')
  return backend
}

function serverErrorAlarm(stack: Stack, described: StageDescription, dimensions: Readonly<Record<string, string>>) {
  const measured = (name: string) => ({ namespace: 'AWS/ApiGateway', name, dimensions, stat: 'Sum' })
  alarm(stack, described, HTTP_API_SERVER_ERRORS, {
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
}

function ownDomainOf(stack: Stack, described: StageDescription, hostname: string, deployed: CfnStage): void {
  const certificate = certificateFor(stack, 'HttpApiCertificate', described, [hostname])
  const domain = new CfnDomainName(stack, 'HttpApiDomain', {
    domainName: hostname,
    domainNameConfigurations: [
      {
        certificateArn: certificate.ref,
        endpointType: 'REGIONAL',
        securityPolicy: 'TLS_1_2',
        // Otherwise the name has IPv4 addresses alone, and its AAAA record leads nowhere.
        // @source Amazon API Gateway Developer Guide, "IP address types for custom domain names for HTTP APIs" (default IPv4)
        ipAddressType: 'dualstack',
      },
    ],
  })
  const mapping = new CfnApiMapping(stack, 'HttpApiMapping', {
    apiId: deployed.apiId,
    domainName: domain.ref,
    stage: deployed.stageName,
    apiMappingKey: deployed.stageName,
  })
  mapping.addResourceDependency(deployed)
  aliasRecords(stack, hostname, described, {
    dnsName: domain.attrRegionalDomainName,
    hostedZoneId: domain.attrRegionalHostedZoneId,
  })
}
