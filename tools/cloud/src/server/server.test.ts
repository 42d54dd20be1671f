import { describe, expect, test } from 'vitest'
import type { Forwarder } from '../moto/forward.ts'
import { AccountKeys, accessKeyOf } from './account-keys.ts'
import { answerCall } from './answer-call.ts'
import { type Call, changesSomething } from './calls.ts'
import { Doorkeepers } from './doorkeeper.ts'
import { Faults } from './faults.ts'
import { keyParameters } from './key-parameters.ts'
import { s3Action } from './s3-action.ts'

test.each([
  ['GET', '/', '', 'ListBuckets'],
  ['GET', '/b', 'list-type=2', 'ListObjectsV2'],
  ['PUT', '/b', '', 'CreateBucket'],
  ['HEAD', '/b', '', 'HeadBucket'],
  ['PUT', '/b', 'versioning', 'PutBucketVersioning'],
  ['GET', '/b', 'policyStatus', 'GetBucketPolicyStatus'],
  ['GET', '/b', 'policy', 'GetBucketPolicy'],
  ['DELETE', '/b', 'policy', 'DeleteBucketPolicy'],
  ['GET', '/b/a/key', '', 'GetObject'],
  ['PUT', '/b/key', 'partNumber=1&uploadId=x', 'UploadPart'],
  ['POST', '/b/key', 'uploads', 'CreateMultipartUpload'],
  ['POST', '/b', 'delete', 'DeleteObjects'],
])('%s %s?%s is %s', (method, path, query, action) => {
  expect(s3Action({ method, path, query, headers: {}, body: Buffer.alloc(0) })).toBe(action)
})

test.each([
  ['GetObject', {}, false],
  ['AssumeRole', {}, false],
  ['DetectStackDrift', {}, false],
  ['CreateChangeSet', {}, true],
  ['Invoke', {}, true],
  ['UpdateFunctionCode', { DryRun: 'true' }, false],
  ['DELETE /2020-01-01/x', {}, true],
])('%s with %o changes something: %s', (action, parameters, changes) => {
  expect(changesSomething(action, parameters)).toBe(changes)
})

test('only telling names are kept of an input', () => {
  const input = {
    ...{ SecretId: 's', SecretString: 'canary', SecretBinary: 'canary', ClientRequestToken: 't', Password: 'canary' },
    ...{
      Environment: { Variables: { A: 'canary' } },
      ZipFile: 'canary',
      TemplateBody: 'canary',
      PolicyDocument: 'canary',
    },
    ...{
      FunctionName: 'f',
      FunctionVersion: '3',
      Publish: true,
      SessionToken: 'canary',
      AccessKeyId: 'canary',
      Value: 'canary',
    },
  }
  expect(keyParameters(input)).toEqual({
    ...{ SecretId: 's', ClientRequestToken: 't', FunctionName: 'f', FunctionVersion: '3', Publish: 'true' },
  })
})

describe('faults', () => {
  const effect = { kind: 'error', code: 'X' } as const

  test('hit so many calls after so many', () => {
    const faults = new Faults()
    faults.inject({ service: 's3', after: 1, times: 2, effect })
    const hits = Array.from({ length: 5 }, () => faults.strike({ service: 's3', action: 'a' }) !== undefined)
    expect(hits).toEqual([false, true, true, false, false])
  })

  test.each([
    ['another service', { service: 'sts', action: 'a' }, false],
    ['another action', { service: 's3', action: 'b', accountId: '1' }, false],
    ['another account', { service: 's3', action: 'a', accountId: '2' }, false],
    ["CloudFormation's own work", { service: 's3', action: 'a', accountId: '1', resource: 'R' }, false],
    ['what it names', { service: 's3', action: 'a', accountId: '1' }, true],
  ])('%s', (_what, target, isHit) => {
    const faults = new Faults()
    faults.inject({ service: 's3', action: 'a', accountId: '1', effect })
    expect(faults.strike(target) !== undefined).toBe(isHit)
  })
})

describe('when moto is dead', () => {
  const call = async (motoDeath: string | undefined) => {
    const calls: Call[] = []
    const forwarder: Forwarder = {
      forward: async () => ({ status: 200, headers: {}, body: 'passed on' }),
      close: () => undefined,
    }
    const authorization = `AWS4-HMAC-SHA256 Credential=${accessKeyOf('111122223333')}/20260101/us-east-1/secretsmanager/aws4_request, Signature=0`
    const answer = await answerCall(
      {
        ...{ keys: new AccountKeys(), faults: new Faults(), doorkeepers: new Doorkeepers(), forwarder },
        ...{ services: new Map(), guards: new Map() },
        ...{ record: (one: Call) => calls.push(one), motoDeath: () => motoDeath },
      },
      {
        ...{ method: 'POST', path: '/', query: '', body: Buffer.from('{"SecretId":"a"}') },
        headers: {
          authorization,
          'x-amz-target': 'secretsmanager.GetSecretValue',
          'content-type': 'application/x-amz-json-1.1',
        },
      },
    )
    return { answer, calls }
  }

  test('whoever calls is told so, and why', async () => {
    const { answer, calls } = await call('moto_server has ended (SIGKILL); its last words: none')
    expect(answer).toMatchObject({
      status: 400,
      body: expect.stringContaining('moto_server has ended (SIGKILL); its last words: none'),
    })
    expect(calls).toMatchObject([
      { service: 'secretsmanager', action: 'GetSecretValue', code: 'EmulatorDied', parameters: { SecretId: 'a' } },
    ])
  })

  test('and otherwise is passed on', async () => {
    expect((await call(undefined)).answer).toMatchObject({ status: 200, body: 'passed on' })
  })
})
