import { expect, test } from 'vitest'
import { isAllowed } from './resource-policy.ts'

const statement = {
  ...{ Sid: 's', Effect: 'Allow', Principal: { Service: 'apigateway.amazonaws.com' } },
  ...{ Action: 'lambda:InvokeFunction', Resource: 'arn:fn:live' },
  Condition: { ArnLike: { 'AWS:SourceArn': 'arn:aws:execute-api:us-east-1:1:abc/*' } },
}
const question = {
  ...{ service: 'apigateway.amazonaws.com', action: 'lambda:InvokeFunction', resource: 'arn:fn:live' },
  facts: { 'aws:sourcearn': 'arn:aws:execute-api:us-east-1:1:abc/dev/GET/a:b' },
}

test.each<[what: string, change: object, asked: object, isIt: boolean]>([
  ['what it says', {}, {}, true],
  ['every action', { Action: 'lambda:*' }, {}, true],
  ['everybody', { Principal: '*' }, { service: undefined }, true],
  ['another action', {}, { action: 'lambda:InvokeFunctionUrl' }, false],
  ['another resource', {}, { resource: 'arn:fn' }, false],
  ['another service', {}, { service: 's3.amazonaws.com' }, false],
  ['nobody of a service', {}, { service: undefined }, false],
  ['another API', {}, { facts: { 'aws:sourcearn': 'arn:aws:execute-api:us-east-1:1:abcd/dev' } }, false],
  ['another account', {}, { facts: { 'aws:sourcearn': 'arn:aws:execute-api:us-east-1:2:abc/dev' } }, false],
  ['nothing known of its source', {}, { facts: {} }, false],
  ['a condition of a kind that is not known', { Condition: { IpAddress: { 'aws:SourceIp': '1' } } }, {}, false],
  ['a refusal', { Effect: 'Deny' }, {}, false],
])('%s: %o and %o', (_what, change, asked, isIt) => {
  expect(isAllowed([{ ...statement, ...change }], { ...question, ...asked })).toBe(isIt)
})
