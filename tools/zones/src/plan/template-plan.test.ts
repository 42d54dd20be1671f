import { describe, expect, test } from 'vitest'
import { planFromTemplates, type Template } from './template-plan.ts'

const RETAIN = { DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' }
const template = (resources: Readonly<Record<string, object>>, more: object = {}): Template =>
  ({ Resources: resources, ...more }) as Template
const bucket = (properties: object, more: object = RETAIN) => ({
  Type: 'AWS::S3::Bucket',
  Properties: properties,
  ...more,
})
const fn = (properties: object) => ({
  Type: 'AWS::Lambda::Function',
  Properties: { FunctionName: 'pages', Code: { ZipFile: 'placeholder' }, Role: 'arn', ...properties },
  ...RETAIN,
})
const alias = (version: string) => ({
  Type: 'AWS::Lambda::Alias',
  Properties: { FunctionName: 'pages', Name: 'live', FunctionVersion: version },
  ...RETAIN,
})

const refusalsOf = (before: Template | undefined, after: Template) => {
  const { verdict } = planFromTemplates('stack', before, after)
  return verdict.kind === 'refused'
    ? verdict.refusals.map(({ logicalId, why }) => `${logicalId}: ${why}`)
    : verdict.kind
}

test('a stack that does not exist yet gets everything', () => {
  const plan = planFromTemplates(
    'stack',
    undefined,
    template({ Pages: fn({}), Files: bucket({ BucketName: 'files' }) }),
  )
  expect(plan.verdict).toEqual({ kind: 'accepted' })
  expect(plan.changes.map(({ action, logicalId }) => `${action} ${logicalId}`)).toEqual(['add Pages', 'add Files'])
})

test('the same template is no change', () => {
  const same = template({ Files: bucket({ BucketName: 'files' }) })
  expect(planFromTemplates('stack', same, structuredClone(same))).toMatchObject({
    verdict: { kind: 'nothing' },
    changes: [],
  })
})

test('a change in place says which value becomes which', () => {
  const plan = planFromTemplates(
    'stack',
    template({ Pages: fn({ MemorySize: 1024, Environment: { Variables: { LOG_LEVEL: 'info' } } }) }),
    template({ Pages: fn({ MemorySize: 2048, Environment: { Variables: { LOG_LEVEL: 'debug' } } }) }),
  )
  expect(plan.verdict).toEqual({ kind: 'accepted' })
  expect(plan.changes).toEqual([
    {
      logicalId: 'Pages',
      type: 'AWS::Lambda::Function',
      action: 'change',
      reason: 'MemorySize: 1024 -> 2048; Environment.Variables.LOG_LEVEL: info -> debug',
      risk: 'reaches people with the next release; versions keep their settings',
    },
  ])
})

test('only outputs', () => {
  const one = template({ Files: bucket({ BucketName: 'files' }) })
  const plan = planFromTemplates('stack', one, { ...one, Outputs: { Name: { Value: 'x' } } })
  expect(plan).toMatchObject({ verdict: { kind: 'accepted' }, changes: [], notes: ['Only outputs change.'] })
})

describe('D7, R6: is refused', () => {
  test.each<[what: string, before: Template, after: Template, refusals: readonly string[]]>([
    [
      'a removal, although the resource would stay',
      template({ Files: bucket({ BucketName: 'files' }), Other: bucket({ BucketName: 'other' }) }),
      template({ Files: bucket({ BucketName: 'files' }) }),
      ['Other: it would be removed from the stack'],
    ],
    [
      'a removal that deletes',
      template({ Files: bucket({ BucketName: 'files' }), Other: bucket({ BucketName: 'other' }, {}) }),
      template({ Files: bucket({ BucketName: 'files' }) }),
      ['Other: it would be deleted'],
    ],
    [
      'a new name, which is a replacement',
      template({ Files: bucket({ BucketName: 'files' }) }),
      template({ Files: bucket({ BucketName: 'file' }) }),
      ['Files: it would be replaced'],
    ],
    [
      'another type under the same logical id',
      template({ Files: bucket({ BucketName: 'files' }) }),
      template({ Files: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'files' }, ...RETAIN } }),
      ['Files: it would be replaced'],
    ],
    [
      'whoever refers to what is replaced, in a property that recreates',
      template({
        Files: bucket({ BucketName: 'files' }),
        Policy: {
          Type: 'AWS::S3::BucketPolicy',
          Properties: { Bucket: { Ref: 'Files' }, PolicyDocument: {} },
          ...RETAIN,
        },
      }),
      template({
        Files: bucket({ BucketName: 'file' }),
        Policy: {
          Type: 'AWS::S3::BucketPolicy',
          Properties: { Bucket: { Ref: 'Files' }, PolicyDocument: {} },
          ...RETAIN,
        },
      }),
      ['Files: it would be replaced', 'Policy: it would be replaced'],
    ],
    [
      'an alias that would move',
      template({ Live: alias('1') }),
      template({ Live: alias('2') }),
      ['Live: it belongs to releases'],
    ],
    [
      'new code',
      template({ Pages: fn({}) }),
      template({ Pages: fn({ Code: { ZipFile: 'other' } }) }),
      ['Pages: Code belongs to releases'],
    ],
    [
      'a resource that is no longer retained',
      template({ Files: bucket({ BucketName: 'files' }) }),
      template({ Files: bucket({ BucketName: 'files' }, { DeletionPolicy: 'Retain' }) }),
      ['Files: the template does not retain it'],
    ],
    [
      'a new resource that is not retained',
      template({}),
      template({
        Files: bucket({ BucketName: 'files' }, { DeletionPolicy: 'Snapshot', UpdateReplacePolicy: 'Retain' }),
      }),
      ['Files: the template does not retain it'],
    ],
  ])('%s', (_what, before, after, refusals) => {
    expect(refusalsOf(before, after)).toEqual(refusals)
  })
})

test('what must not happen stands before what may', () => {
  const plan = planFromTemplates(
    'stack',
    template({ A: bucket({ BucketName: 'a' }), B: bucket({ BucketName: 'b' }), C: bucket({ BucketName: 'c' }) }),
    template({
      B: bucket({ BucketName: 'b2' }),
      C: bucket({ BucketName: 'c', VersioningConfiguration: { Status: 'Enabled' } }),
      D: bucket({ BucketName: 'd' }),
    }),
  )
  expect(plan.changes.map(({ action, logicalId }) => `${action} ${logicalId}`)).toEqual([
    'remove A',
    'replace B',
    'change C',
    'add D',
  ])
  expect(plan.changes[1]?.reason).toBe('BucketName: b -> b2')
})
