import {
  ApiGatewayV2Client,
  CreateApiCommand,
  CreateApiMappingCommand,
  CreateDomainNameCommand,
  CreateIntegrationCommand,
  CreateRouteCommand,
  CreateStageCommand,
} from '@aws-sdk/client-apigatewayv2'
import { AddPermissionCommand, PutFunctionConcurrencyCommand, UpdateAliasCommand } from '@aws-sdk/client-lambda'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { asOwner } from '../../test/clients.ts'
import { ask } from '../../test/front.ts'
import { functionsOf } from '../../test/functions.ts'
import { type Cloud, startCloud } from '../index.ts'

const ALIAS = 'arn:aws:lambda:us-east-1:111122223333:function:fn:live'

let cloud: Cloud
let fns: ReturnType<typeof functionsOf>
let gateway: ApiGatewayV2Client
/** What chance gives next. */
let chance = 0
beforeAll(async () => {
  cloud = await startCloud({ accountId: '111122223333', functions: { random: () => chance } })
  fns = functionsOf(cloud)
  gateway = new ApiGatewayV2Client(asOwner(cloud))
})
afterAll(() => cloud.stop())
beforeEach(async () => {
  await cloud.reset()
  await fns.role()
})

interface Made {
  readonly route?: string
  readonly timeoutMs?: number
  readonly disabled?: boolean
  readonly permitted?: boolean
}

/** A function behind an API with the stage `dev`; gives the API's id. */
async function apiOf(
  code: string,
  { route = '$default', timeoutMs = 30_000, disabled = false, permitted = true }: Made = {},
) {
  await fns.create('fn', code, { MemorySize: 1769 })
  await fns.alias('fn', 'live', await fns.publish('fn'))
  const { ApiId = '' } = await gateway.send(
    new CreateApiCommand({ Name: 'api', ProtocolType: 'HTTP', DisableExecuteApiEndpoint: disabled }),
  )
  const { IntegrationId = '' } = await gateway.send(
    new CreateIntegrationCommand({
      ...{ ApiId, IntegrationType: 'AWS_PROXY', IntegrationUri: ALIAS, PayloadFormatVersion: '2.0' },
      TimeoutInMillis: timeoutMs,
    }),
  )
  await gateway.send(new CreateRouteCommand({ ApiId, RouteKey: route, Target: `integrations/${IntegrationId}` }))
  await gateway.send(new CreateStageCommand({ ApiId, StageName: 'dev', AutoDeploy: true }))
  if (permitted) {
    await fns.lambda.send(
      new AddPermissionCommand({
        ...{ FunctionName: ALIAS, StatementId: 'api', Action: 'lambda:InvokeFunction' },
        Principal: 'apigateway.amazonaws.com',
        SourceArn: `arn:aws:execute-api:us-east-1:111122223333:${ApiId}/*`,
      }),
    )
  }
  return ApiId
}

const own = (apiId: string) => `${apiId}.execute-api.us-east-1.amazonaws.com`
const echo = 'export const handler = async (event) => event'

test('a request below the stage is an event of format 2.0', async () => {
  const apiId = await apiOf(echo)
  const given = await ask(cloud, {
    ...{ host: own(apiId), method: 'POST', path: '/dev/outreach/v1/a?b=1', body: '{}' },
    headers: { authorization: 'Bearer x', 'content-type': 'application/json' },
  })
  expect(given.status).toBe(200)
  expect(JSON.parse(given.body)).toMatchObject({
    ...{ version: '2.0', routeKey: '$default', rawPath: '/dev/outreach/v1/a', rawQueryString: 'b=1', body: '{}' },
    headers: { authorization: 'Bearer x', host: own(apiId), 'x-forwarded-for': '127.0.0.1' },
    requestContext: { apiId, stage: 'dev', http: { method: 'POST', path: '/dev/outreach/v1/a' } },
  })
  expect(given.headers['apigw-requestid']).toBe(JSON.parse(given.body).requestContext.requestId)
})

// @source AWS Lambda Developer Guide, "Implement Lambda canary deployments using a weighted alias"
test.each([
  [0.249, 'new'],
  [0.25, 'old'],
])('where the alias gives a quarter to another version, chance %d brings the %s one', async (given, body) => {
  const apiId = await apiOf('export const handler = async () => "old"')
  const other = await fns.publish('fn', 'export const handler = async () => "new"')
  await fns.lambda.send(
    new UpdateAliasCommand({
      ...{ FunctionName: 'fn', Name: 'live', RoutingConfig: { AdditionalVersionWeights: { [other]: 0.25 } } },
    }),
  )
  chance = given
  expect(await ask(cloud, { host: own(apiId), path: '/dev' })).toMatchObject({ status: 200, body })
})

test('status, headers and cookies are those of the function', async () => {
  const apiId = await apiOf(
    'export const handler = async () => ({ statusCode: 409, headers: { "x-a": "b" }, cookies: ["c=1"], body: "no" })',
  )
  expect(await ask(cloud, { host: own(apiId), path: '/dev' })).toMatchObject({
    ...{ status: 409, headers: { 'x-a': 'b', 'set-cookie': ['c=1'] }, body: 'no' },
  })
})

test('a domain of its own leads below the mapping’s key; the event names the stage', async () => {
  const apiId = await apiOf(echo, { disabled: true })
  await domain('api.example.com', apiId)
  const given = await ask(cloud, { host: 'api.example.com', path: '/v1/a' })
  expect([given.status, JSON.parse(given.body).rawPath]).toEqual([200, '/dev/a'])
  expect(await ask(cloud, { host: 'api.example.com', path: '/other' })).toMatchObject({ status: 404 })
  expect(await ask(cloud, { host: own(apiId), path: '/dev/a' })).toMatchObject({ status: 403 })
})

test.each<[what: string, made: Made, path: string, status: number, message: string]>([
  ['another stage', {}, '/prod/a', 404, 'Not Found'],
  ['no stage', {}, '/', 404, 'Not Found'],
  ['another route', { route: 'GET /known' }, '/dev/unknown', 404, 'Not Found'],
  ['an API that may not call', { permitted: false }, '/dev', 500, 'Internal Server Error'],
])('%s', async (_what, made, path, status, message) => {
  const apiId = await apiOf(echo, made)
  expect(await ask(cloud, { host: own(apiId), path })).toMatchObject({ status, body: JSON.stringify({ message }) })
})

test('an API that is not there', async () => {
  expect(await ask(cloud, { host: own('none') })).toMatchObject({ status: 403, body: '{"message":"Forbidden"}' })
  expect(await ask(cloud, { host: 'nobody.example.com' })).toMatchObject({ status: 403 })
})

test.each([
  ['an error', 'throw new Error("secret")'],
  ['its end', 'process.exit(1)'],
  ['a status that is none', 'return { statusCode: "many" }'],
])('%s of the function is told as no more than 500', async (_what, code) => {
  const apiId = await apiOf(`export const handler = async () => { ${code} }`)
  expect(await ask(cloud, { host: own(apiId), path: '/dev' })).toMatchObject({
    ...{ status: 500, body: '{"message":"Internal Server Error"}' },
  })
})

test('an answer that comes too late, and one for which there is no capacity', async () => {
  const apiId = await apiOf('export const handler = () => new Promise((ok) => setTimeout(ok, 1500))', {
    timeoutMs: 100,
  })
  const late = { status: 503, body: '{"message":"Service Unavailable"}' }
  expect(await ask(cloud, { host: own(apiId), path: '/dev' })).toMatchObject(late)
  await fns.lambda.send(new PutFunctionConcurrencyCommand({ FunctionName: 'fn', ReservedConcurrentExecutions: 0 }))
  expect(await ask(cloud, { host: own(apiId), path: '/dev' })).toMatchObject(late)
})

/** A domain with nothing but a mapping to the stage under `v1`. */
async function domain(DomainName: string, ApiId: string): Promise<void> {
  await gateway.send(new CreateDomainNameCommand({ DomainName, DomainNameConfigurations: [] }))
  await gateway.send(new CreateApiMappingCommand({ DomainName, ApiId, Stage: 'dev', ApiMappingKey: 'v1' }))
}
