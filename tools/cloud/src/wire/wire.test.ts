import * as cloudformation from '@aws-sdk/client-cloudformation'
import * as lambda from '@aws-sdk/client-lambda'
import * as route53 from '@aws-sdk/client-route-53'
import { describe, expect, test } from 'vitest'
import { AwsError } from './aws-error.ts'
import { jsonProtocol } from './json-protocol.ts'
import type { CloudRequest } from './messages.ts'
import { operationsOf } from './operations.ts'
import { pageOf } from './page.ts'
import { queryProtocol } from './query-protocol.ts'
import { compilePath, matchPath } from './rest-path.ts'
import { restJsonProtocol, restXmlProtocol } from './rest-protocol.ts'

const request = (more: Partial<Omit<CloudRequest, 'body'>> & { readonly body?: string }): CloudRequest => ({
  ...{ method: 'POST', path: '/', query: '', headers: {} },
  ...more,
  body: Buffer.from(more.body ?? ''),
})

describe('paths', () => {
  test.each([
    ['/functions/{Name}', '/functions/a%3Ab', '', { Name: 'a:b' }],
    ['/functions/{Name}', '/functions/a/b', '', undefined],
    ['/{Key+}', '/a/b', '', { Key: 'a/b' }],
    ['/tagging?Operation=Tag', '/tagging', 'Operation=Tag&Resource=x', {}],
    ['/tagging?Operation=Tag', '/tagging', 'Operation=Untag', undefined],
    ['/distribution?WithTags', '/distribution', 'WithTags', {}],
    ['/distribution?WithTags', '/distribution', '', undefined],
    ['/a?x-id=Get', '/a', '', {}],
    ['/hostedzone', '/hostedzone/', '', {}],
  ])('%s against %s?%s', (template, path, query, labels) => {
    expect(matchPath(compilePath(template), path, new URLSearchParams(query))).toEqual(labels)
  })
})

describe('the query protocol', () => {
  const protocol = queryProtocol('http://example.com/')
  const operations = operationsOf(cloudformation)

  test('reads texts, flags, lists and structures', () => {
    const form = new URLSearchParams({
      ...{ Action: 'CreateChangeSet', Version: '2010-05-15', StackName: 's', ImportExistingResources: 'true' },
      ...{ 'Capabilities.member.1': 'CAPABILITY_IAM', 'Capabilities.member.2': 'CAPABILITY_NAMED_IAM' },
      ...{ 'Tags.member.1.Key': 'k', 'Tags.member.1.Value': 'v' },
      ...{
        'ResourcesToImport.member.1.ResourceType': 'T',
        'ResourcesToImport.member.1.ResourceIdentifier.entry.1.key': 'Name',
      },
      'ResourcesToImport.member.1.ResourceIdentifier.entry.1.value': 'x',
    })
    expect(protocol.find(operations, request({ body: form.toString() }))?.input).toEqual({
      ...{ StackName: 's', ImportExistingResources: true, Capabilities: ['CAPABILITY_IAM', 'CAPABILITY_NAMED_IAM'] },
      Tags: [{ Key: 'k', Value: 'v' }],
      ResourcesToImport: [{ ResourceType: 'T', ResourceIdentifier: { Name: 'x' } }],
    })
  })

  test('writes empty lists, times and what XML would mistake', () => {
    const operation = operations.get('DescribeStacks')
    if (operation === undefined) throw new Error('no DescribeStacks')
    const Stacks = [{ StackName: 'a<&">', CreationTime: new Date('2026-01-02T03:04:05Z'), Outputs: [] }]
    expect(protocol.answer(operation, { Stacks }, 'id').body).toBe(
      '<DescribeStacksResponse xmlns="http://example.com/"><DescribeStacksResult><Stacks><member>' +
        '<StackName>a&lt;&amp;&quot;&gt;</StackName><CreationTime>2026-01-02T03:04:05.000Z</CreationTime><Outputs></Outputs>' +
        '</member></Stacks></DescribeStacksResult><ResponseMetadata><RequestId>id</RequestId></ResponseMetadata></DescribeStacksResponse>',
    )
  })

  test('knows no operation that the service has not got', () => {
    expect(protocol.find(operations, request({ body: 'Action=CreateCastle' }))).toBeUndefined()
  })
})

describe('REST', () => {
  test('takes the operation that says most of the address, its labels, query and body', () => {
    const asked = restJsonProtocol().find(
      operationsOf(lambda),
      request({
        path: '/2021-10-31/functions/fn/url',
        query: 'Qualifier=live',
        body: '{"AuthType":"AWS_IAM","Unknown":1}',
      }),
    )
    expect([asked?.operation.name, asked?.input]).toEqual([
      'CreateFunctionUrlConfig',
      { FunctionName: 'fn', Qualifier: 'live', AuthType: 'AWS_IAM' },
    ])
  })

  test('reads base64 as bytes', () => {
    const asked = restJsonProtocol().find(
      operationsOf(lambda),
      request({ method: 'PUT', path: '/2015-03-31/functions/fn/code', body: '{"ZipFile":"AQID"}' }),
    )
    expect(asked?.input.ZipFile).toEqual(new Uint8Array([1, 2, 3]))
  })

  test('reads lists of XML, of one item too', () => {
    const body =
      '<ChangeResourceRecordSetsRequest><ChangeBatch><Changes><Change><Action>CREATE</Action><ResourceRecordSet><Name>a</Name>' +
      '<TTL>60</TTL></ResourceRecordSet></Change></Changes></ChangeBatch></ChangeResourceRecordSetsRequest>'
    const asked = restXmlProtocol('x').find(
      operationsOf(route53),
      request({ path: '/2013-04-01/hostedzone/Z1/rrset', body }),
    )
    expect(asked?.input).toEqual({
      HostedZoneId: 'Z1',
      ChangeBatch: { Changes: [{ Action: 'CREATE', ResourceRecordSet: { Name: 'a', TTL: 60 } }] },
    })
  })

  test.each([
    [
      'JSON',
      () => restJsonProtocol().find(operationsOf(lambda), request({ path: '/2015-03-31/functions', body: '{' })),
      'SerializationException',
    ],
    [
      'XML',
      () => restXmlProtocol('x').find(operationsOf(route53), request({ path: '/2013-04-01/hostedzone', body: '<a>' })),
      'MalformedInput',
    ],
    ['an object', () => jsonProtocol('1.0').find(new Map(), request({ body: '[' })), undefined],
  ])('refuses a body that is no %s', (_what, find, code) => {
    const refused = () => {
      try {
        find()
      } catch (error) {
        if (error instanceof AwsError) return error.code
        throw error
      }
      return undefined
    }
    expect(refused()).toBe(code)
  })
})

test('refusals name their code in the header and in the body', () => {
  const answer = restJsonProtocol().refuse(
    new AwsError('ResourceConflictException', 'taken', 409, { Type: 'User' }),
    'id',
  )
  expect([answer.status, answer.headers['x-amzn-errortype']]).toEqual([409, 'ResourceConflictException'])
  expect(JSON.parse(String(answer.body))).toEqual({
    __type: 'ResourceConflictException',
    message: 'taken',
    Message: 'taken',
    Type: 'User',
  })
})

describe('pages', () => {
  test('begin where the last one ended', () => {
    const first = pageOf([1, 2, 3], 2)
    expect([first.items, pageOf([1, 2, 3], 2, first.next)]).toEqual([[1, 2], { items: [3] }])
  })

  test('a token that was never given is refused', () => {
    expect(() => pageOf([1], 1, 'made-up', 'InvalidToken')).toThrow('not one that was given')
  })
})
