import { describe, expect, test } from 'vitest'
import { ofType, propertiesOf, stackIn, synthesized } from '../test/synthesized.ts'

const stacks = synthesized(undefined, ['host'])
const of = (stage: string) => stackIn(stacks, `sleepconnect-${stage}-host`)
const at = (stage: string, id: string) => propertiesOf(of(stage), id)
const BACKEND = 'arn:aws:lambda:us-east-1:111122223333:function:sax-lambda-us-east-1-0x-d-outreach-api_develop:live'

test.each([
  ['develop', 'dev'],
  ['staging', 'staging'],
  ['production', 'prod'],
])("the API of %s answers under the stage path of the topology's base URL", (stage, path) => {
  expect(at(stage, 'HttpApiStage')).toMatchObject({
    StageName: path,
    AutoDeploy: true,
  })
})

test('texts are not refused for the number of coordinators who look at their screens meanwhile', () => {
  const { DefaultRouteSettings } = at('production', 'HttpApiStage') as {
    readonly DefaultRouteSettings: { readonly ThrottlingRateLimit: number; readonly ThrottlingBurstLimit: number }
  }
  // What docs/performance.md measures: 500 who ask every two seconds, and 200 texts a second.
  expect(DefaultRouteSettings.ThrottlingRateLimit).toBeGreaterThanOrEqual(500 / 2 + 200)
  expect(DefaultRouteSettings.ThrottlingBurstLimit).toBeGreaterThanOrEqual(500 + 200)
})

test('every path goes to the alias that releases move, in the other stack, and only this API may call it', () => {
  expect(at('develop', 'HttpApiIntegration')).toMatchObject({
    IntegrationType: 'AWS_PROXY',
    IntegrationUri: BACKEND,
    PayloadFormatVersion: '2.0',
  })
  expect(ofType(of('develop'), 'AWS::ApiGatewayV2::Route').map(([, { Properties }]) => Properties.RouteKey)).toEqual([
    '$default',
  ])
  expect(at('develop', 'HttpApiMayInvoke')).toEqual({
    Action: 'lambda:InvokeFunction',
    FunctionName: BACKEND,
    Principal: 'apigateway.amazonaws.com',
    SourceArn: { 'Fn::Join': ['', ['arn:aws:execute-api:us-east-1:111122223333:', { Ref: 'HttpApi' }, '/*']] },
  })
})

const ofAws = (path: string) => ({
  'Fn::Join': ['', ['https://', { Ref: 'HttpApi' }, `.execute-api.us-east-1.amazonaws.com/${path}`]],
})

test("AWS's own base URL of the API is an output, to be compared with the topology's", () => {
  expect(of('develop').outputs.ExecuteApiBaseUrl?.Value).toEqual(ofAws('dev'))
})

test("the zones' API routes call the API of their own stack, wherever AWS puts it", () => {
  const asked = (stage: string) => at(stage, 'OutreachApiRoutesFunction').Environment
  expect(asked('develop')).toMatchObject({ Variables: { API_BASE_URL: ofAws('dev') } })
  expect(asked('staging')).toMatchObject({ Variables: { API_BASE_URL: ofAws('staging') } })
  expect(asked('production')).toMatchObject({ Variables: { API_BASE_URL: 'https://api.dreamconnect.health/prod' } })
})

test('the access log holds no query and no header', () => {
  const { AccessLogSettings } = at('production', 'HttpApiStage') as { AccessLogSettings: { readonly Format: string } }
  expect(Object.keys(JSON.parse(AccessLogSettings.Format)).toSorted()).toEqual([
    'httpMethod',
    'integrationErrorMessage',
    'requestId',
    'requestTime',
    'responseLatency',
    'status',
  ])
})

describe('a base URL under a domain of ours', () => {
  test('brings the domain, its certificate and its addresses', () => {
    expect(at('production', 'HttpApiDomain')).toMatchObject({
      DomainName: 'api.dreamconnect.health',
      DomainNameConfigurations: [{ SecurityPolicy: 'TLS_1_2', IpAddressType: 'dualstack' }],
    })
    expect(at('production', 'HttpApiMapping')).toMatchObject({ ApiMappingKey: 'prod', Stage: 'prod' })
    expect(at('production', 'HttpApiCertificate')).toMatchObject({ DomainName: 'api.dreamconnect.health' })
    expect(at('production', 'ApiDreamconnectHealthA')).toMatchObject({ Type: 'A', Name: 'api.dreamconnect.health' })
    expect(at('production', 'ApiDreamconnectHealthAAAA')).toMatchObject({ Type: 'AAAA' })
  })

  test("closes AWS's own name for the API; without one it stays open", () => {
    expect(at('production', 'HttpApi')).toMatchObject({ DisableExecuteApiEndpoint: true })
    expect(at('develop', 'HttpApi')).toMatchObject({ DisableExecuteApiEndpoint: false })
    expect(of('develop').resources.HttpApiDomain).toBeUndefined()
  })
})
