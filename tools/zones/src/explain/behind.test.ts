import { readDistributions, readTemplate } from '@sax/edge/config'
import { expect, test } from 'vitest'
import { behindOf } from './behind.ts'
import { siteOfStage } from './site.ts'

function behind(origin: object, resources: object = {}) {
  const distribution = {
    Type: 'AWS::CloudFront::Distribution',
    Properties: {
      DistributionConfig: {
        Enabled: true,
        Origins: [{ Id: 'it', ...origin }],
        DefaultCacheBehavior: {
          ...{ TargetOriginId: 'it', ViewerProtocolPolicy: 'https-only' },
          CachePolicyId: '4135ea2d-6df8-44a3-9df3-4b5a84be39ad',
        },
      },
    },
  }
  const text = JSON.stringify({ Resources: { Site: distribution, ...resources } })
  const found = readDistributions(text).distributions[0].origins.get('it')
  if (found === undefined) throw new Error('expected an origin')
  return behindOf(found, { template: readTemplate(text), stage: undefined })
}

const urlHost = { 'Fn::Select': [2, { 'Fn::Split': ['/', { 'Fn::GetAtt': ['Url', 'FunctionUrl'] }] }] }

test('a function is called by its name, and writes into the group of that name', () => {
  const resources = {
    Pages: { Type: 'AWS::Lambda::Function', Properties: { FunctionName: 'shop-pages' } },
    Url: {
      Type: 'AWS::Lambda::Url',
      Properties: { TargetFunctionArn: { 'Fn::GetAtt': ['Pages', 'Arn'] }, AuthType: 'NONE', Qualifier: 'live' },
    },
  }
  expect(behind({ DomainName: urlHost, CustomOriginConfig: {} }, resources)).toEqual({
    kind: 'Lambda function',
    name: 'shop-pages',
    qualifier: 'live',
    access: 'not signed, auth type NONE',
    logGroup: '/aws/lambda/shop-pages',
  })
})

test.each([
  ['app.lambda-url.us-east-1.on.aws', 'Lambda function', 'app.lambda-url.us-east-1.on.aws', 'not signed'],
  ['shop-files.s3.eu-west-1.amazonaws.com', 'S3 bucket', 'shop-files', 'not signed'],
  ['app.example.test', 'server', 'app.example.test', 'open to whoever reaches it'],
])('%s alone is a %s called %s', (DomainName, kind, name, access) => {
  const found = behind({ DomainName, CustomOriginConfig: {} })
  expect(found).toEqual({ kind, name, qualifier: undefined, access, logGroup: undefined })
})

test('the zone’s API routes write into the zone’s group, and on a laptop there are processes', () => {
  const named = (stage: 'staging' | 'local') => {
    const site = siteOfStage(stage, 'edge')
    const origin = site.distributions[0].origins.get('outreach-api-routes')
    return origin && behindOf(origin, site)
  }
  expect(named('staging')?.logGroup).toBe('/aws/lambda/sax-lambda-us-east-1-0x-s-outreach-server_staging')
  expect(named('local')).toMatchObject({ kind: 'process on this laptop', name: 'localhost:3002', logGroup: undefined })
})
