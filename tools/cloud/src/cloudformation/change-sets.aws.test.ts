import {
  DeleteChangeSetCommand,
  DescribeChangeSetCommand,
  DescribeEventsCommand,
  DescribeStacksCommand,
  ExecuteChangeSetCommand,
  GetTemplateCommand,
  GetTemplateSummaryCommand,
  ListChangeSetsCommand,
  ValidateTemplateCommand,
} from '@aws-sdk/client-cloudformation'
import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { asOwner, asSomebody, refusal } from '../../test/clients.ts'
import { stacksOf } from '../../test/stacks.ts'
import { type Cloud, startCloud } from '../index.ts'

let cloud: Cloud
let stacks: ReturnType<typeof stacksOf>
beforeAll(async () => {
  cloud = await startCloud({ accountId: '111122223333' })
  stacks = stacksOf(cloud)
})
afterAll(() => cloud.stop())
beforeEach(() => cloud.reset())

const topic = (name: string, more: object = {}) => ({
  Type: 'AWS::SNS::Topic',
  Properties: { TopicName: name, ...more },
})
const kept = <Resource extends object>(resource: Resource) => ({
  ...resource,
  DeletionPolicy: 'Retain',
  UpdateReplacePolicy: 'Retain',
})
const bucket = (BucketName: string, more: object = {}) =>
  kept({ Type: 'AWS::S3::Bucket', Properties: { BucketName, ...more } })
const role = {
  Type: 'AWS::IAM::Role',
  Properties: { AssumeRolePolicyDocument: { Version: '2012-10-17', Statement: [] } },
}
const of = (...Resources: readonly object[]) => ({ Resources: Object.assign({}, ...Resources) })

describe('what is refused before there is a change set', () => {
  test.each<[why: string, template: object, message: RegExp]>([
    ['no resource', {}, /^Template format error: At least one Resources member must be defined\.$/],
    ['a section nobody knows', { Resource: {} }, /^Invalid template property or properties \[Resource\]$/],
    ['a resource without type', of({ A: {} }), /Every Resources object must contain a Type member\.$/],
    [
      'a name with a dash',
      of({ 'a-b': topic('x') }),
      /^Template format error: Resource name a-b is non alphanumeric\.$/,
    ],
    [
      'a member nobody knows',
      of({ A: { ...topic('x'), Depends: [] } }),
      /^Invalid template resource property 'Depends'$/,
    ],
    [
      'a name that stands for nothing',
      of({ A: topic('x', { DisplayName: { Ref: 'B' } }) }),
      /^Template format error: Unresolved resource dependencies \[B\] in the Resources block of the template$/,
    ],
    [
      'an output of nothing',
      { ...of({ A: topic('x') }), Outputs: { O: { Value: { Ref: 'B' } } } },
      /^Unresolved resource dependencies \[B\] in the Outputs block of the template$/,
    ],
    [
      'resources that wait for one another',
      of({
        A: topic('x', { DisplayName: { Ref: 'B' } }),
        B: topic('y', { DisplayName: { 'Fn::GetAtt': ['A', 'TopicName'] } }),
      }),
      /^Circular dependency between resources: \[A, B\]$/,
    ],
    [
      'a type AWS has not got',
      of({ A: { Type: 'AWS::SNS::Tropic' } }),
      /^Template format error: Unrecognized resource types: \[AWS::SNS::Tropic\]$/,
    ],
    [
      'a type that is not modelled',
      of({ A: { Type: 'AWS::Neptune::DBCluster' } }),
      /^The laptop's AWS does not know the resource types: \[AWS::Neptune::DBCluster\]$/,
    ],
    [
      'a transform',
      { Transform: 'AWS::Serverless-2016-10-31', ...of({ A: topic('x') }) },
      /^Transforms are not available/,
    ],
    ['a dynamic reference', of({ A: topic('{{resolve:ssm:x}}') }), /^Dynamic references/],
    [
      'a deletion policy that is none',
      of({ A: { ...topic('x'), DeletionPolicy: 'Keep' } }),
      /DeletionPolicy of A cannot be "Keep"/,
    ],
  ])('%s', async (_why, template, message) => {
    const refused = await refusal(stacks.create('a', template, { ChangeSetType: 'CREATE' }))
    expect(refused).toEqual({ name: 'ValidationError', message: expect.stringMatching(message), status: 400 })
  })

  test('a template inline of more than 51,200 bytes', async () => {
    const body = JSON.stringify(of({ A: topic('x', { DisplayName: 'x'.repeat(51_200) }) }))
    expect(await refusal(stacks.create('a', {}, { TemplateBody: body, ChangeSetType: 'CREATE' }))).toMatchObject({
      message: expect.stringContaining('Member must have length less than or equal to 51200'),
    })
  })

  test.each([
    ['not of a bucket', 'https://example.com/t.json', 'TemplateURL must be a supported URL.'],
    ['in path style', 'https://s3.us-east-1.amazonaws.com/bucket/t.json', 'TemplateURL must be a supported URL.'],
    [
      'of a bucket that is not there',
      'https://nowhere.s3.us-east-1.amazonaws.com/t.json',
      'S3 error: The specified bucket does not exist',
    ],
  ])('a template address %s', async (_why, TemplateURL, message) => {
    const { TemplateBody: _, ...more } = { TemplateBody: undefined, TemplateURL, ChangeSetType: 'CREATE' as const }
    expect((await refusal(stacks.create('a', {}, { TemplateBody: undefined, ...more }))).message).toContain(message)
  })

  test('a template in a bucket of another account', async () => {
    const other = new S3Client(asSomebody(cloud.envOf({ accountId: '444455556666' })))
    await other.send(new CreateBucketCommand({ Bucket: 'theirs' }))
    const TemplateURL = 'https://theirs.s3.us-east-1.amazonaws.com/t.json'
    expect(
      (await refusal(stacks.create('a', {}, { TemplateBody: undefined, TemplateURL, ChangeSetType: 'CREATE' })))
        .message,
    ).toContain('Access Denied')
  })

  test.each([
    [{ R: role }, ['CAPABILITY_AUTO_EXPAND'], 'Requires capabilities : [CAPABILITY_IAM]'],
    [
      { R: { ...role, Properties: { ...role.Properties, RoleName: 'r' } } },
      ['CAPABILITY_IAM'],
      'Requires capabilities : [CAPABILITY_NAMED_IAM]',
    ],
  ] as const)('rights that nobody has acknowledged: %o', async (resources, Capabilities, message) => {
    expect(
      await refusal(stacks.create('a', of(resources), { ChangeSetType: 'CREATE', Capabilities: [...Capabilities] })),
    ).toMatchObject({
      ...{ name: 'InsufficientCapabilitiesException', message },
    })
  })

  test('a change of a stack that is not there, or the making of one that is', async () => {
    expect(await refusal(stacks.create('a', of({ A: topic('x') })))).toMatchObject({
      message: 'Stack [a] does not exist',
    })
    await stacks.apply('a', of({ A: topic('x') }))
    const again = stacks.create('a', of({ A: topic('y') }), { ChangeSetType: 'CREATE', ChangeSetName: 'again' })
    expect(await refusal(again)).toMatchObject({
      message: 'Stack [a] already exists and cannot be created again with the changeSet [again].',
    })
  })

  test('a name that another change set of the stack has, unless it is the same call again', async () => {
    const more = { ChangeSetType: 'CREATE' as const, ChangeSetName: 'one', ClientToken: 'token-1' }
    const id = await stacks.create('a', of({ A: topic('x') }), more)
    expect(await stacks.create('a', of({ A: topic('x') }), more)).toBe(id)
    expect(await refusal(stacks.create('a', of({ A: topic('x') }), { ...more, ClientToken: 'token-2' }))).toMatchObject(
      {
        name: 'AlreadyExistsException',
      },
    )
  })
})

describe('what fails with the change set', () => {
  test('nothing to do', async () => {
    await stacks.apply('a', of({ A: topic('x') }))
    const set = await stacks.describe(await stacks.create('a', of({ A: topic('x') })))
    expect(set).toMatchObject({
      ...{ Status: 'FAILED', ExecutionStatus: 'UNAVAILABLE', Changes: [] },
      StatusReason:
        "The submitted information didn't contain changes. Submit different information to create a change set.",
    })
    expect(await refusal(stacks.execute(set.ChangeSetId ?? ''))).toMatchObject({
      name: 'InvalidChangeSetStatusException',
    })
  })

  test('properties that the schema does not have, lacks or wants otherwise', async () => {
    const wrong = of({
      A: { Type: 'AWS::Lambda::Alias', Properties: { FunctionName: 'f', Name: 'live', Weight: 1 } },
      B: { Type: 'AWS::S3::Bucket', Properties: { VersioningConfiguration: 'Enabled' } },
    })
    const set = await stacks.describe(await stacks.create('a', wrong, { ChangeSetType: 'CREATE' }))
    expect(set).toMatchObject({
      Status: 'FAILED',
      StatusReason:
        'The following hook(s)/validation failed: [AWS::EarlyValidation::PropertyValidation]. To troubleshoot Early Validation errors, use the DescribeEvents API for detailed failure information.',
    })
    const { OperationEvents = [] } = await stacks.cfn.send(
      new DescribeEventsCommand({ ChangeSetName: set.ChangeSetId }),
    )
    expect(OperationEvents.map((event) => [event.LogicalResourceId, event.ValidationStatusReason])).toEqual([
      ['A', 'Properties validation failed for resource A with message: [#: extraneous key [Weight] is not permitted]'],
      ['A', 'Properties validation failed for resource A with message: [#: required key [FunctionVersion] not found]'],
      [
        'B',
        'Properties validation failed for resource B with message: [#/VersioningConfiguration: expected type: JSONObject, found: string]',
      ],
    ])
  })

  test('a name that is taken in the account, unless what has it may be brought in', async () => {
    await new S3Client(asOwner(cloud)).send(new CreateBucketCommand({ Bucket: 'taken' }))
    const plain = await stacks.describe(
      await stacks.create('a', of({ B: bucket('taken') }), { ChangeSetType: 'CREATE' }),
    )
    expect(plain.StatusReason).toContain('[AWS::EarlyValidation::ResourceExistenceCheck]')
    const { OperationEvents } = await stacks.cfn.send(new DescribeEventsCommand({ ChangeSetName: plain.ChangeSetId }))
    expect(OperationEvents?.[0]?.ValidationStatusReason).toBe(
      "Resource of type 'AWS::S3::Bucket' with identifier 'taken' already exists.",
    )
    const importing = { ChangeSetType: 'CREATE' as const, ImportExistingResources: true }
    const unkept = { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'taken' } }
    expect((await stacks.describe(await stacks.create('a', of({ B: unkept }), importing))).Status).toBe('FAILED')
    const set = await stacks.describe(await stacks.create('a', of({ B: bucket('taken') }), importing))
    expect(set.Changes?.map(({ ResourceChange: change }) => [change?.Action, change?.PhysicalResourceId])).toEqual([
      ['Import', 'taken'],
    ])
  })
})

describe('what a change set says', () => {
  const change = async (before: object, after: object, values = false) => {
    await stacks.apply('a', before)
    const { Changes = [] } = await stacks.describe(await stacks.create('a', after), values)
    return Changes.map(({ ResourceChange }) => ResourceChange)
  }

  test('an addition, which claims a replacement when values are asked for', async () => {
    const id = await stacks.create('a', of({ A: topic('x') }), { ChangeSetType: 'CREATE' })
    const plain = await stacks.describe(id)
    expect(plain.Changes).toEqual([
      {
        Type: 'Resource',
        ResourceChange: {
          Action: 'Add',
          LogicalResourceId: 'A',
          ResourceType: 'AWS::SNS::Topic',
          Scope: [],
          Details: [],
        },
      },
    ])
    const [withValues] = (await stacks.describe(id, true)).Changes ?? []
    expect(withValues?.ResourceChange).toMatchObject({
      Action: 'Add',
      Replacement: 'True',
      AfterContext: '{"Properties":{"TopicName":"x"}}',
    })
  })

  test('a change in place, and what takes an attribute of it', async () => {
    const pair = (name: string) =>
      of({ A: topic('a', { DisplayName: name }), B: topic('b', { DisplayName: { 'Fn::GetAtt': ['A', 'TopicName'] } }) })
    expect(await change(pair('one'), pair('two'))).toEqual([
      {
        ...{
          Action: 'Modify',
          LogicalResourceId: 'A',
          ResourceType: 'AWS::SNS::Topic',
          Replacement: 'False',
          Scope: ['Properties'],
        },
        PhysicalResourceId: 'arn:aws:sns:us-east-1:111122223333:a',
        Details: [
          {
            Target: { Attribute: 'Properties', Name: 'DisplayName', RequiresRecreation: 'Never' },
            ...{ Evaluation: 'Static', ChangeSource: 'DirectModification' },
          },
        ],
      },
      {
        ...{
          Action: 'Modify',
          LogicalResourceId: 'B',
          ResourceType: 'AWS::SNS::Topic',
          Replacement: 'False',
          Scope: ['Properties'],
        },
        PhysicalResourceId: 'arn:aws:sns:us-east-1:111122223333:b',
        Details: [
          {
            Target: { Attribute: 'Properties', Name: 'DisplayName', RequiresRecreation: 'Never' },
            ...{ Evaluation: 'Dynamic', ChangeSource: 'ResourceAttribute', CausingEntity: 'A.TopicName' },
          },
        ],
      },
    ])
  })

  test('an attribute that feeds what cannot be changed makes a replacement possible', async () => {
    const pair = (name: string) =>
      of({
        A: topic('a', { DisplayName: name }),
        B: topic('b', { TopicName: { 'Fn::Join': ['-', [{ 'Fn::GetAtt': ['A', 'TopicName'] }, 'b']] } }),
      })
    const [, b] = await change(pair('one'), pair('two'))
    expect(b).toMatchObject({ LogicalResourceId: 'B', Replacement: 'Conditional', PolicyAction: 'ReplaceAndDelete' })
  })

  test('a replacement, with its policy, and what names what is replaced', async () => {
    const pair = (name: string) => of({ A: kept(topic(name)), B: topic('b', { DisplayName: { Ref: 'A' } }) })
    expect(await change(pair('one'), pair('two'), true)).toMatchObject([
      {
        ...{ LogicalResourceId: 'A', Replacement: 'True', PolicyAction: 'ReplaceAndRetain' },
        BeforeContext: '{"Properties":{"TopicName":"one"},"DeletionPolicy":"Retain","UpdateReplacePolicy":"Retain"}',
        Details: [
          {
            Target: {
              ...{
                Attribute: 'Properties',
                Name: 'TopicName',
                RequiresRecreation: 'Always',
                AttributeChangeType: 'Modify',
              },
              ...{ Path: '/Properties/TopicName', BeforeValue: 'one', AfterValue: 'two' },
            },
          },
        ],
      },
      {
        ...{ LogicalResourceId: 'B', Replacement: 'False' },
        Details: [
          {
            Evaluation: 'Dynamic',
            ChangeSource: 'DirectModification',
            Target: { AfterValue: '{{changeSet:KNOWN_AFTER_APPLY}}' },
          },
          { Evaluation: 'Static', ChangeSource: 'ResourceReference', CausingEntity: 'A' },
        ],
      },
    ])
  })

  test('the innermost values that differ', async () => {
    const versioned = (Status: string) => of({ B: bucket('a-bucket', { VersioningConfiguration: { Status } }) })
    const [b] = await change(versioned('Enabled'), versioned('Suspended'), true)
    expect(b?.Details?.map(({ Target }) => Target)).toEqual([
      {
        ...{
          Attribute: 'Properties',
          Name: 'VersioningConfiguration',
          RequiresRecreation: 'Never',
          AttributeChangeType: 'Modify',
        },
        ...{ Path: '/Properties/VersioningConfiguration/Status', BeforeValue: 'Enabled', AfterValue: 'Suspended' },
      },
    ])
  })

  test('what goes, and what becomes of it', async () => {
    const both = of({ A: topic('a'), B: kept(topic('b')), C: topic('c') })
    expect(await change(both, of({ C: topic('c') }))).toMatchObject([
      { Action: 'Remove', LogicalResourceId: 'A', PolicyAction: 'Delete' },
      { Action: 'Remove', LogicalResourceId: 'B', PolicyAction: 'Retain' },
    ])
  })

  test('a policy that is given up', async () => {
    expect(
      await change(of({ B: bucket('a-bucket') }), of({ B: { ...bucket('a-bucket'), DeletionPolicy: 'Delete' } }), true),
    ).toMatchObject([
      {
        ...{ Action: 'Modify', Replacement: 'False', Scope: ['DeletionPolicy'] },
        Details: [{ Target: { Attribute: 'DeletionPolicy', BeforeValue: 'Retain', AfterValue: 'Delete' } }],
      },
    ])
  })

  test('a parameter whose value is another', async () => {
    const template = {
      Parameters: { Name: { Type: 'String' } },
      ...of({ A: topic('a', { DisplayName: { Ref: 'Name' } }) }),
    }
    const named = (ParameterValue: string) => ({ Parameters: [{ ParameterKey: 'Name', ParameterValue }] })
    await stacks.apply('a', template, named('one'))
    const { Changes = [] } = await stacks.describe(await stacks.create('a', template, named('two')))
    expect(Changes[0]?.ResourceChange?.Details).toMatchObject([
      { ChangeSource: 'ParameterReference', CausingEntity: 'Name', Evaluation: 'Static' },
    ])
  })

  test('tags of the stack, on what takes tags', async () => {
    await stacks.apply('a', of({ A: topic('a') }), { Tags: [{ Key: 'stage', Value: 'one' }] })
    const id = await stacks.create('a', of({ A: topic('a') }), { Tags: [{ Key: 'stage', Value: 'two' }] })
    expect((await stacks.describe(id)).Changes).toMatchObject([
      { ResourceChange: { Action: 'Modify', Scope: ['Tags'], Replacement: 'False' } },
    ])
  })

  test('in pages of twenty', async () => {
    const many = Object.fromEntries(
      Array.from({ length: 45 }, (_, i) => [`T${String(i).padStart(2, '0')}`, topic(`t${i}`)]),
    )
    const ChangeSetName = await stacks.create('a', of(many), { ChangeSetType: 'CREATE' })
    const first = await stacks.cfn.send(new DescribeChangeSetCommand({ ChangeSetName }))
    expect(first.Changes).toHaveLength(20)
    expect(first.NextToken).toBeTypeOf('string')
    expect((await stacks.describe(ChangeSetName)).Changes).toHaveLength(45)
    const wrong = stacks.cfn.send(new DescribeChangeSetCommand({ ChangeSetName, NextToken: 'made-up' }))
    expect(await refusal(wrong)).toMatchObject({ name: 'ValidationError' })
  })
})

describe('the life of change sets', () => {
  test('they are listed until one of them is executed, which ends the others', async () => {
    const one = await stacks.create('a', of({ A: topic('x') }), { ChangeSetType: 'CREATE' })
    const two = await stacks.create('a', of({ A: topic('y') }), { ChangeSetType: 'CREATE' })
    const list = async () =>
      (await stacks.cfn.send(new ListChangeSetsCommand({ StackName: 'a' }))).Summaries?.map(
        ({ ChangeSetId }) => ChangeSetId,
      )
    expect(await list()).toEqual([one, two])
    await stacks.execute(one)
    expect(await list()).toEqual([])
    expect(await refusal(stacks.describe(two))).toMatchObject({ name: 'ChangeSetNotFoundException', status: 404 })
    expect(await refusal(stacks.execute(one))).toMatchObject({ name: 'InvalidChangeSetStatusException' })
  })

  test('executing again with the same token changes nothing', async () => {
    const id = await stacks.create('a', of({ A: topic('x') }), { ChangeSetType: 'CREATE' })
    const execute = () =>
      stacks.cfn.send(new ExecuteChangeSetCommand({ ChangeSetName: id, ClientRequestToken: 'once' }))
    await execute()
    await execute()
    await stacks.settled('a')
    expect(
      (await stacks.events('a')).filter(
        ({ ResourceStatus, LogicalResourceId }) => LogicalResourceId === 'A' && ResourceStatus === 'CREATE_COMPLETE',
      ),
    ).toHaveLength(1)
  })

  test('D15: two that are made at once are of one stack, and one of them is executed', async () => {
    const make = (name: string) => stacks.create('a', of({ A: topic(name) }), { ChangeSetType: 'CREATE' })
    const ids = await Promise.all([make('x'), make('y')])
    const { Stacks = [] } = await stacks.cfn.send(new DescribeStacksCommand({}))
    expect(Stacks).toHaveLength(1)
    const executed = await Promise.allSettled(
      ids.map((ChangeSetName) => stacks.cfn.send(new ExecuteChangeSetCommand({ ChangeSetName }))),
    )
    expect(executed.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
  })

  test('of two with one name, made at once, one is refused', async () => {
    const make = (name: string) =>
      stacks.create('a', of({ A: topic(name) }), { ChangeSetType: 'CREATE', ChangeSetName: 'same' })
    const made = await Promise.allSettled([make('x'), make('y')])
    expect(made.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
  })

  test('a refused first one leaves no stack behind', async () => {
    await refusal(
      stacks.create(
        'a',
        { Parameters: { P: { Type: 'String' } }, ...of({ A: topic('x') }) },
        { ChangeSetType: 'CREATE' },
      ),
    )
    expect(await refusal(stacks.stack('a'))).toMatchObject({ message: 'Stack with id a does not exist' })
  })

  test('rollback is not disabled twice', async () => {
    const id = await stacks.create('a', of({ A: topic('x') }), {
      ChangeSetType: 'CREATE',
      OnStackFailure: 'DO_NOTHING',
    })
    expect(await refusal(stacks.execute(id, { DisableRollback: true }))).toMatchObject({
      message: 'DisableRollback cannot be specified when OnStackFailure was specified for the change set.',
    })
    expect((await stacks.execute(id)).DisableRollback).toBe(true)
  })

  test('deleting one that is not there succeeds', async () => {
    const id = await stacks.create('a', of({ A: topic('x') }), { ChangeSetType: 'CREATE' })
    await stacks.cfn.send(new DeleteChangeSetCommand({ ChangeSetName: id }))
    await stacks.cfn.send(new DeleteChangeSetCommand({ ChangeSetName: id }))
    expect((await stacks.stack('a')).StackStatus).toBe('REVIEW_IN_PROGRESS')
  })

  test('somebody who does not wait sees one that is not finished', async () => {
    const slow = await startCloud({ accountId: '111122223333', pendingLooks: 2 })
    try {
      const there = stacksOf(slow)
      const id = await there.create('a', of({ A: topic('x') }), { ChangeSetType: 'CREATE' })
      const looks = [await there.describe(id), await there.describe(id), await there.describe(id)]
      expect(looks.map(({ Status, Changes }) => [Status, Changes?.length])).toEqual([
        ['CREATE_IN_PROGRESS', 0],
        ['CREATE_IN_PROGRESS', 0],
        ['CREATE_COMPLETE', 1],
      ])
    } finally {
      await slow.stop()
    }
  })
})

test('templates are given back as they were sent, and summed up', async () => {
  const template = of({
    B: bucket('a-bucket'),
    R: { Type: 'AWS::Route53::RecordSet', Properties: { Name: 'x.example.com', Type: 'A' } },
  })
  const TemplateBody = JSON.stringify(template)
  const { ResourceIdentifierSummaries, ResourceTypes } = await stacks.cfn.send(
    new GetTemplateSummaryCommand({ TemplateBody }),
  )
  expect(ResourceTypes).toEqual(['AWS::S3::Bucket', 'AWS::Route53::RecordSet'])
  // Records cannot be brought in, so nothing identifies them.
  expect(ResourceIdentifierSummaries).toEqual([
    { ResourceType: 'AWS::S3::Bucket', LogicalResourceIds: ['B'], ResourceIdentifiers: ['BucketName'] },
  ])
  const { Capabilities } = await stacks.cfn.send(
    new ValidateTemplateCommand({ TemplateBody: JSON.stringify(of({ R: role })) }),
  )
  expect(Capabilities).toEqual(['CAPABILITY_IAM'])
  await stacks.apply('a', of({ B: bucket('a-bucket') }))
  expect((await stacks.cfn.send(new GetTemplateCommand({ StackName: 'a' }))).TemplateBody).toBe(
    JSON.stringify(of({ B: bucket('a-bucket') })),
  )
})
