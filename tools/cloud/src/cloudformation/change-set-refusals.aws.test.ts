import { DescribeEventsCommand } from '@aws-sdk/client-cloudformation'
import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { asOwner, asSomebody, refusal } from '../../test/clients.ts'
import { stacksOf } from '../../test/stacks.ts'
import { bucket, of, role, topic } from '../../test/templates.ts'
import { type Cloud, startCloud } from '../index.ts'

let cloud: Cloud
let stacks: ReturnType<typeof stacksOf>
beforeAll(async () => {
  cloud = await startCloud({ accountId: '111122223333' })
  stacks = stacksOf(cloud)
})
afterAll(() => cloud.stop())
beforeEach(() => cloud.reset())

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
