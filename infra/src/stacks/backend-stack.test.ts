import { describe, expect, test } from 'vitest'
import { ofType, stackIn, synthesized } from '../test/synthesized.ts'

const stacks = synthesized()
const of = (stage: string) => stackIn(stacks, `sleepconnect-backend-${stage}`)
const at = (stage: string, id: string) => of(stage).resources[id]?.Properties ?? {}

test.each([
  ['develop', 'dev'],
  ['staging', 'staging'],
  ['production', 'prod'],
])("the API of %s answers under the stage path of the topology's base URL", (stage, path) => {
  expect(at(stage, 'HttpApiStage')).toMatchObject({
    StageName: path,
    AutoDeploy: true,
    DefaultRouteSettings: { ThrottlingRateLimit: 100, ThrottlingBurstLimit: 200 },
  })
})

test('every path goes to the alias that releases move, and only this API may call it', () => {
  expect(at('develop', 'HttpApiIntegration')).toMatchObject({
    IntegrationType: 'AWS_PROXY',
    IntegrationUri: { Ref: 'OutreachApiLive' },
    PayloadFormatVersion: '2.0',
  })
  expect(ofType(of('develop'), 'AWS::ApiGatewayV2::Route').map(([, { Properties }]) => Properties.RouteKey)).toEqual([
    '$default',
  ])
  expect(ofType(of('develop'), 'AWS::Lambda::Permission').map(([, { Properties }]) => Properties)).toEqual([
    {
      Action: 'lambda:InvokeFunction',
      FunctionName: { Ref: 'OutreachApiLive' },
      Principal: 'apigateway.amazonaws.com',
      SourceArn: { 'Fn::Join': ['', ['arn:aws:execute-api:us-east-1:111122223333:', { Ref: 'HttpApi' }, '/*']] },
    },
  ])
})

test("AWS's own base URL of the API is an output, to be compared with the topology's", () => {
  expect(of('develop').outputs.ExecuteApiBaseUrl?.Value).toEqual({
    'Fn::Join': ['', [{ 'Fn::GetAtt': ['HttpApi', 'ApiEndpoint'] }, '/dev']],
  })
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
      DomainNameConfigurations: [{ SecurityPolicy: 'TLS_1_2' }],
    })
    expect(at('production', 'HttpApiMapping')).toMatchObject({ ApiMappingKey: 'prod', Stage: 'prod' })
    expect(at('production', 'HttpApiCertificate')).toMatchObject({ DomainName: 'api.dreamconnect.health' })
    expect(ofType(of('production'), 'AWS::Route53::RecordSet').map(([, { Properties }]) => Properties.Type)).toEqual([
      'A',
      'AAAA',
    ])
  })

  test("closes AWS's own name for the API; without one it stays open", () => {
    expect(at('production', 'HttpApi')).toMatchObject({ DisableExecuteApiEndpoint: true })
    expect(at('develop', 'HttpApi')).toMatchObject({ DisableExecuteApiEndpoint: false })
    expect(of('develop').resources.HttpApiDomain).toBeUndefined()
  })
})
