import { expect, test } from 'vitest'
import { type Found, importPlan } from './adoption.ts'
import { planFromTemplates, type Template } from './template-plan.ts'

const RETAIN = { DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' }
const wanted = {
  Outputs: { Name: { Value: { Ref: 'Files' } } },
  Resources: {
    Files: {
      Type: 'AWS::S3::Bucket',
      Properties: { BucketName: 'files', VersioningConfiguration: { Status: 'Enabled' } },
      ...RETAIN,
    },
    FilesPolicy: {
      Type: 'AWS::S3::BucketPolicy',
      Properties: { Bucket: { Ref: 'Files' }, PolicyDocument: { Statement: ['ours'] } },
      ...RETAIN,
    },
    Pages: {
      Type: 'AWS::Lambda::Function',
      Properties: { FunctionName: 'pages', Code: { ZipFile: 'placeholder' }, MemorySize: 2048, Role: 'ours' },
      ...RETAIN,
    },
    PagesVersion1: { Type: 'AWS::Lambda::Version', Properties: { FunctionName: { Ref: 'Pages' } }, ...RETAIN },
    PagesLive: {
      Type: 'AWS::Lambda::Alias',
      Properties: {
        FunctionName: { Ref: 'Pages' },
        Name: 'live',
        FunctionVersion: { 'Fn::GetAtt': ['PagesVersion1', 'Version'] },
      },
      ...RETAIN,
    },
  },
} as unknown as Template

const found: readonly Found[] = [
  {
    logicalId: 'Files',
    type: 'AWS::S3::Bucket',
    identifier: ['files'],
    live: { BucketName: 'files', Arn: 'arn:aws:s3:::files', DomainName: 'x' },
  },
  {
    logicalId: 'FilesPolicy',
    type: 'AWS::S3::BucketPolicy',
    identifier: ['files'],
    live: { Bucket: 'files', PolicyDocument: { Statement: ['theirs'] } },
  },
  {
    logicalId: 'Pages',
    type: 'AWS::Lambda::Function',
    identifier: ['pages'],
    live: {
      FunctionName: 'pages',
      MemorySize: 512,
      Role: 'theirs',
      Runtime: 'nodejs18.x',
      Arn: 'arn:…',
      // Listed by AWS, set by nobody; and what cannot be changed and the template leaves to AWS.
      Description: '',
      Layers: [],
      PackageType: 'Zip',
    },
  },
  {
    logicalId: 'PagesVersion1',
    type: 'AWS::Lambda::Version',
    identifier: ['arn:aws:lambda:us-east-1:1:function:pages:7'],
    live: { FunctionName: 'pages', Version: '7' },
  },
  {
    logicalId: 'PagesLive',
    type: 'AWS::Lambda::Alias',
    identifier: ['arn:aws:lambda:us-east-1:1:function:pages:live'],
    live: { FunctionName: 'pages', Name: 'live', FunctionVersion: '7', Description: 'by hand' },
  },
]

test('what is taken over is as it is, without what AWS only reports, and is kept', () => {
  const { template, resourcesToImport } = importPlan(undefined, wanted, found)
  expect(template.Outputs).toBeUndefined()
  expect(template.Resources.Files).toEqual({ Type: 'AWS::S3::Bucket', Properties: { BucketName: 'files' }, ...RETAIN })
  expect(
    resourcesToImport.map(({ LogicalResourceId, ResourceIdentifier }) => [LogicalResourceId, ResourceIdentifier]),
  ).toEqual([
    ['Files', { BucketName: 'files' }],
    ['FilesPolicy', { Bucket: 'files' }],
    ['Pages', { FunctionName: 'pages' }],
    ['PagesVersion1', { FunctionArn: 'arn:aws:lambda:us-east-1:1:function:pages:7' }],
    ['PagesLive', { AliasArn: 'arn:aws:lambda:us-east-1:1:function:pages:live' }],
  ])
})

test('D7: the update that follows changes what differs, and neither code nor where the alias points', () => {
  const { template } = importPlan(undefined, wanted, found)
  const { verdict, changes } = planFromTemplates('stack', template, wanted)
  expect(verdict).toEqual({ kind: 'accepted' })
  expect(changes.map(({ action, logicalId, reason }) => `${action} ${logicalId}: ${reason}`)).toEqual([
    'change Pages: MemorySize: 512 -> 2048; Role: theirs -> ours; Runtime: nodejs18.x -> (none)',
    'change Files: VersioningConfiguration: (none) -> {"Status":"Enabled"}',
    'change FilesPolicy: PolicyDocument.Statement[0]: theirs -> ours',
  ])
})

test('what the stack has already stays as it is in the importing template', () => {
  const current = {
    Resources: { Old: { Type: 'AWS::SQS::Queue', ...RETAIN } },
    Outputs: { A: { Value: 'x' } },
  } as unknown as Template
  const { template } = importPlan(current, wanted, found.slice(0, 1))
  expect(Object.keys(template.Resources)).toEqual(['Old', 'Files'])
  expect(template.Outputs).toEqual({ A: { Value: 'x' } })
})

test('a difference that cannot be changed in place is seen before anything is taken over', () => {
  const role = (path: string) => ({ RoleName: 'deploy', Path: path, AssumeRolePolicyDocument: {} })
  const target = {
    Resources: { Role: { Type: 'AWS::IAM::Role', Properties: role('/'), ...RETAIN } },
  } as unknown as Template
  const { template } = importPlan(undefined, target, [
    { logicalId: 'Role', type: 'AWS::IAM::Role', identifier: ['deploy'], live: { ...role('/old/'), Arn: 'x' } },
  ])
  expect(planFromTemplates('stack', template, target).verdict).toMatchObject({
    kind: 'refused',
    refusals: [{ logicalId: 'Role', why: 'it would be replaced' }],
  })
})
