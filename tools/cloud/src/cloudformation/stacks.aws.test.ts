import {
  ContinueUpdateRollbackCommand,
  DeleteStackCommand,
  DescribeStackEventsCommand,
  ExecuteChangeSetCommand,
  GetStackPolicyCommand,
  ListStackResourcesCommand,
  SetStackPolicyCommand,
  UpdateTerminationProtectionCommand,
} from '@aws-sdk/client-cloudformation'
import { HeadBucketCommand, S3Client } from '@aws-sdk/client-s3'
import { GetTopicAttributesCommand, SNSClient } from '@aws-sdk/client-sns'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { asOwner, refusal } from '../../test/clients.ts'
import { stacksOf } from '../../test/stacks.ts'
import { kept, topic } from '../../test/templates.ts'
import { type Cloud, startCloud } from '../index.ts'

let cloud: Cloud
let stacks: ReturnType<typeof stacksOf>
beforeAll(async () => {
  cloud = await startCloud({ accountId: '111122223333' })
  stacks = stacksOf(cloud)
})
afterAll(() => cloud.stop())
beforeEach(() => cloud.reset())

const of = (Resources: object, more: object = {}) => ({ Resources, ...more })
const fail = (resource: string, action = 'Create') =>
  cloud.inject({
    service: 'cloudformation',
    action,
    resource,
    effect: { kind: 'error', code: 'Throttling', message: 'Rate exceeded' },
  })
const resources = async (StackName: string) => {
  const { StackResourceSummaries = [] } = await stacks.cfn.send(new ListStackResourcesCommand({ StackName }))
  return Object.fromEntries(
    StackResourceSummaries.map(({ LogicalResourceId, ResourceStatus }) => [LogicalResourceId, ResourceStatus]),
  )
}
const displayName = async (name: string) => {
  const TopicArn = `arn:aws:sns:us-east-1:111122223333:${name}`
  const { Attributes } = await new SNSClient(asOwner(cloud)).send(new GetTopicAttributesCommand({ TopicArn }))
  return Attributes?.DisplayName
}
const isTopic = (name: string) =>
  displayName(name).then(
    () => true,
    () => false,
  )

describe('making a stack', () => {
  test('happens in the order of what waits for what, and is told newest first', async () => {
    const pair = of(
      { B: topic('b', { DisplayName: { 'Fn::GetAtt': ['A', 'TopicName'] } }), A: topic('a') },
      { Outputs: { B: { Value: { Ref: 'B' } } } },
    )
    const stack = await stacks.apply('s', pair, { Tags: [{ Key: 'stage', Value: 'test' }] })
    expect(stack).toMatchObject({
      ...{ StackStatus: 'CREATE_COMPLETE', DisableRollback: true, EnableTerminationProtection: false },
      Outputs: [{ OutputKey: 'B', OutputValue: 'arn:aws:sns:us-east-1:111122223333:b' }],
      Tags: [{ Key: 'stage', Value: 'test' }],
    })
    const told = (await stacks.events('s')).map((event) =>
      `${event.LogicalResourceId} ${event.ResourceStatus} ${event.ResourceStatusReason ?? ''}`.trim(),
    )
    expect(told).toEqual([
      ...[
        's CREATE_COMPLETE',
        'B CREATE_COMPLETE',
        'B CREATE_IN_PROGRESS Resource creation Initiated',
        'B CREATE_IN_PROGRESS',
      ],
      ...['A CREATE_COMPLETE', 'A CREATE_IN_PROGRESS Resource creation Initiated', 'A CREATE_IN_PROGRESS'],
      ...['s CREATE_IN_PROGRESS User Initiated', 's REVIEW_IN_PROGRESS User Initiated'],
    ])
  })

  test('events come in pages', async () => {
    const many = Object.fromEntries(Array.from({ length: 40 }, (_, i) => [`T${i}`, topic(`t${i}`)]))
    await stacks.apply('s', of(many))
    const { StackEvents, NextToken } = await stacks.cfn.send(new DescribeStackEventsCommand({ StackName: 's' }))
    expect([StackEvents?.length, typeof NextToken]).toEqual([100, 'string'])
    // 40 resources with three events each, and three of the stack.
    expect(await stacks.events('s')).toHaveLength(123)
  })

  test('conditions and parameters decide what is made', async () => {
    const template = {
      Parameters: { Stage: { Type: 'String', AllowedValues: ['one', 'two'] } },
      Conditions: { IsOne: { 'Fn::Equals': [{ Ref: 'Stage' }, 'one'] } },
      ...of({
        A: topic('a', { DisplayName: { 'Fn::If': ['IsOne', 'first', { Ref: 'AWS::NoValue' }] } }),
        B: { ...topic('b'), Condition: 'IsOne' },
      }),
    }
    const stage = (ParameterValue: string) => ({ Parameters: [{ ParameterKey: 'Stage', ParameterValue }] })
    expect(await refusal(stacks.create('s', template, { ChangeSetType: 'CREATE' }))).toMatchObject({
      message: 'Parameters: [Stage] must have values',
    })
    expect(await refusal(stacks.create('t', template, { ChangeSetType: 'CREATE', ...stage('three') }))).toMatchObject({
      message: "Parameter 'Stage' must be one of AllowedValues",
    })
    await stacks.apply('u', template, stage('one'))
    expect(await displayName('a')).toBe('first')
    const id = await stacks.create('u', template, stage('two'))
    expect(
      (await stacks.describe(id)).Changes?.map(({ ResourceChange: change }) => [
        change?.Action,
        change?.LogicalResourceId,
      ]),
    ).toEqual([
      ['Modify', 'A'],
      ['Remove', 'B'],
    ])
    await stacks.execute(id)
    expect(await isTopic('b')).toBe(false)
  })
})

describe('D12: a failure while a stack is made', () => {
  const three = of({ A: topic('a'), B: { ...topic('b'), DependsOn: 'A' }, C: topic('c') })

  test('holds up what waits for it and nothing else, and the same change goes on from there', async () => {
    const mend = fail('A')
    const stack = await stacks.apply('s', three)
    expect(stack).toMatchObject({
      StackStatus: 'CREATE_FAILED',
      StackStatusReason: 'The following resource(s) failed to create: [A]. ',
    })
    expect(await resources('s')).toEqual({ A: 'CREATE_FAILED', C: 'CREATE_COMPLETE' })
    const failure = (await stacks.events('s')).find(
      ({ ResourceStatus, LogicalResourceId }) => LogicalResourceId === 'A' && ResourceStatus === 'CREATE_FAILED',
    )
    expect(failure?.ResourceStatusReason).toMatch(
      /^Resource handler returned message: "Rate exceeded" \(RequestToken: [0-9a-f-]{36}, HandlerErrorCode: Throttling\)$/,
    )
    mend()
    const set = await stacks.create('s', three)
    expect(
      (await stacks.describe(set)).Changes?.map(
        ({ ResourceChange: change }) => `${change?.Action} ${change?.LogicalResourceId}`,
      ),
    ).toEqual(['Add A', 'Add B'])
    expect(await refusal(stacks.execute(set))).toMatchObject({
      message: 'Stack [s] is in CREATE_FAILED state: it can be updated only with rollback disabled.',
    })
    expect((await stacks.execute(set, { DisableRollback: true })).StackStatus).toBe('UPDATE_COMPLETE')
    expect(Object.values(await resources('s')).every((status) => status === 'CREATE_COMPLETE')).toBe(true)
  })

  test('takes everything back where rollback is not disabled, but for what is to be kept', async () => {
    fail('B')
    const template = of({
      A: kept(topic('a')),
      B: { ...topic('b'), DependsOn: ['A', 'C'] },
      C: { ...topic('c'), DeletionPolicy: 'RetainExceptOnCreate' },
    })
    const stack = await stacks.execute(await stacks.create('s', template, { ChangeSetType: 'CREATE' }))
    expect(stack.StackStatus).toBe('ROLLBACK_COMPLETE')
    expect([await isTopic('a'), await isTopic('c')]).toEqual([true, false])
    const told = (await stacks.events('s')).map(
      ({ LogicalResourceId, ResourceStatus }) => `${LogicalResourceId} ${ResourceStatus}`,
    )
    expect(told).toContain('A DELETE_SKIPPED')
    expect(await refusal(stacks.create('s', template))).toMatchObject({
      message: expect.stringContaining('is in ROLLBACK_COMPLETE state and can not be updated.'),
    })
    await stacks.cfn.send(new DeleteStackCommand({ StackName: 's' }))
    await stacks.settled(stack.StackId ?? '')
    expect(await refusal(stacks.stack('s'))).toMatchObject({ message: 'Stack with id s does not exist' })
    expect((await stacks.stack(stack.StackId ?? '')).StackStatus).toBe('DELETE_COMPLETE')
  })

  test('one that never ends leaves the stack in progress, which takes nothing else', async () => {
    const thaw = cloud.inject({ service: 'cloudformation', resource: 'A', effect: { kind: 'freeze' } })
    const set = await stacks.create('s', three, { ChangeSetType: 'CREATE' })
    await stacks.cfn.send(new ExecuteChangeSetCommand({ ChangeSetName: set, DisableRollback: true }))
    expect((await stacks.stack('s')).StackStatus).toBe('CREATE_IN_PROGRESS')
    expect(await refusal(stacks.create('s', three))).toMatchObject({
      message: expect.stringContaining('is in CREATE_IN_PROGRESS state and can not be updated.'),
    })
    expect(await refusal(stacks.cfn.send(new DeleteStackCommand({ StackName: 's' })))).toMatchObject({
      name: 'ValidationError',
    })
    thaw()
    expect((await stacks.settled('s')).StackStatus).toBe('CREATE_COMPLETE')
  })
})

describe('a failure while a stack is changed', () => {
  const pair = (name: string, more: object = {}) =>
    of({ A: topic('a', { DisplayName: name }), B: topic('b', { DisplayName: name }), ...more })

  test('stays where it is with rollback disabled, and the same change goes on from there', async () => {
    await stacks.apply('s', pair('one'))
    const mend = fail('B', 'Update')
    expect(await stacks.apply('s', pair('two'))).toMatchObject({
      ...{ StackStatus: 'UPDATE_FAILED', StackStatusReason: 'The following resource(s) failed to update: [B]. ' },
    })
    expect(await resources('s')).toEqual({ A: 'UPDATE_COMPLETE', B: 'UPDATE_FAILED' })
    expect([await displayName('a'), await displayName('b')]).toEqual(['two', 'one'])
    mend()
    const set = await stacks.create('s', pair('two'))
    expect(
      (await stacks.describe(set)).Changes?.map(({ ResourceChange: change }) => change?.LogicalResourceId),
    ).toEqual(['B'])
    expect((await stacks.execute(set, { DisableRollback: true })).StackStatus).toBe('UPDATE_COMPLETE')
    expect(await displayName('b')).toBe('two')
  })

  test('goes back otherwise', async () => {
    await stacks.apply('s', pair('one'))
    cloud.inject({
      service: 'cloudformation',
      action: 'Update',
      resource: 'B',
      times: 1,
      effect: { kind: 'error', code: 'Throttling' },
    })
    const set = await stacks.create('s', pair('two', { C: topic('c') }))
    expect((await stacks.execute(set)).StackStatus).toBe('UPDATE_ROLLBACK_COMPLETE')
    expect([await displayName('a'), await displayName('b'), await isTopic('c')]).toEqual(['one', 'one', false])
    expect(Object.keys(await resources('s')).sort()).toEqual(['A', 'B'])
  })

  test('that cannot go back waits for somebody, who may skip what stands in the way', async () => {
    await stacks.apply('s', pair('one'))
    fail('B', 'Update')
    expect((await stacks.execute(await stacks.create('s', pair('two')))).StackStatus).toBe('UPDATE_ROLLBACK_FAILED')
    expect(await refusal(stacks.create('s', pair('three')))).toMatchObject({
      message: expect.stringContaining('UPDATE_ROLLBACK_FAILED'),
    })
    await stacks.cfn.send(new ContinueUpdateRollbackCommand({ StackName: 's' }))
    expect((await stacks.settled('s')).StackStatus).toBe('UPDATE_ROLLBACK_FAILED')
    await stacks.cfn.send(new ContinueUpdateRollbackCommand({ StackName: 's', ResourcesToSkip: ['B'] }))
    expect((await stacks.settled('s')).StackStatus).toBe('UPDATE_ROLLBACK_COMPLETE')
    const healthy = stacks.cfn.send(new ContinueUpdateRollbackCommand({ StackName: 's' }))
    expect(await refusal(healthy)).toMatchObject({ name: 'ValidationError' })
  })
})

describe('a replacement', () => {
  test('is not made while rollback is disabled', async () => {
    await stacks.apply('s', of({ A: topic('a') }))
    expect((await stacks.apply('s', of({ A: topic('b') }))).StackStatus).toBe('UPDATE_FAILED')
    const failed = (await stacks.events('s')).filter(({ ResourceStatus }) => ResourceStatus === 'UPDATE_FAILED')
    const { ResourceStatusReason } = failed.find(({ LogicalResourceId }) => LogicalResourceId === 'A') ?? {}
    expect(ResourceStatusReason).toBe('Replacement type updates not supported on stack with disable-rollback.')
    expect([await isTopic('a'), await isTopic('b')]).toEqual([true, false])
  })

  test.each([
    ['goes', {}, false, 'A DELETE_COMPLETE'],
    ['stays', { UpdateReplacePolicy: 'Retain' }, true, 'A DELETE_SKIPPED'],
  ])('makes the new one first, and the old one %s', async (_what, policy, isLeft, event) => {
    await stacks.apply('s', of({ A: { ...topic('a'), ...policy } }))
    const set = await stacks.create('s', of({ A: { ...topic('b'), ...policy } }))
    expect((await stacks.execute(set)).StackStatus).toBe('UPDATE_COMPLETE')
    expect([await isTopic('a'), await isTopic('b')]).toEqual([isLeft, true])
    const told = (await stacks.events('s')).map(
      ({ LogicalResourceId, ResourceStatus }) => `${LogicalResourceId} ${ResourceStatus}`,
    )
    expect(told.slice(0, 2)).toEqual(['s UPDATE_COMPLETE', event])
    expect(told).toContain('s UPDATE_COMPLETE_CLEANUP_IN_PROGRESS')
  })
})

describe('protection', () => {
  test('a protected stack is not deleted until somebody says so', async () => {
    await stacks.apply('s', of({ A: topic('a') }))
    const protect = (EnableTerminationProtection: boolean) =>
      stacks.cfn.send(new UpdateTerminationProtectionCommand({ StackName: 's', EnableTerminationProtection }))
    await protect(true)
    expect((await stacks.stack('s')).EnableTerminationProtection).toBe(true)
    const remove = () => stacks.cfn.send(new DeleteStackCommand({ StackName: 's' }))
    expect(await refusal(remove())).toEqual({
      ...{ name: 'ValidationError', status: 400 },
      message: 'Stack [s] cannot be deleted while TerminationProtection is enabled',
    })
    await protect(false)
    const { StackId = '' } = await stacks.stack('s')
    await remove()
    expect((await stacks.settled(StackId)).StackStatus).toBe('DELETE_COMPLETE')
    expect(await isTopic('a')).toBe(false)
  })

  test('what goes only when its making is taken back outlives its stack as well', async () => {
    const { StackId = '' } = await stacks.apply(
      's',
      of({ A: { ...topic('a'), DeletionPolicy: 'RetainExceptOnCreate' } }),
    )
    await stacks.cfn.send(new DeleteStackCommand({ StackName: 's' }))
    await stacks.settled(StackId)
    expect(await isTopic('a')).toBe(true)
  })

  test('what is to be kept outlives its stack', async () => {
    await stacks.apply('s', of({ B: kept({ Type: 'AWS::S3::Bucket', Properties: { BucketName: 'outlives' } }) }))
    const { StackId = '' } = await stacks.stack('s')
    await stacks.cfn.send(new DeleteStackCommand({ StackName: 's' }))
    await stacks.settled(StackId)
    await new S3Client(asOwner(cloud)).send(new HeadBucketCommand({ Bucket: 'outlives' }))
  })

  const policy = (...Statement: object[]) => JSON.stringify({ Statement })
  const allow = { Effect: 'Allow', Action: 'Update:*', Principal: '*', Resource: '*' }

  test.each<[why: string, body: string, after: object, denied: string | undefined]>([
    [
      'changes in place where replacing is denied',
      policy(allow, { ...allow, Effect: 'Deny', Action: ['Update:Replace', 'Update:Delete'] }),
      { A: topic('a', { DisplayName: 'two' }) },
      undefined,
    ],
    [
      'replacing where it is denied',
      policy(allow, { ...allow, Effect: 'Deny', Action: ['Update:Replace', 'Update:Delete'] }),
      { A: topic('b') },
      '[#2] does not allow [Update:Replace]',
    ],
    [
      'deleting where it is denied',
      policy(allow, { ...allow, Effect: 'Deny', Action: 'Update:Delete' }),
      { B: topic('b') },
      '[#2] does not allow [Update:Delete]',
    ],
    [
      'what nothing allows',
      policy({ ...allow, Resource: 'LogicalResourceId/B*' }),
      { A: topic('a', { DisplayName: 'two' }) },
      '[#0] does not allow [Update:Modify]',
    ],
    [
      'a type that is denied',
      policy(allow, { ...allow, Effect: 'Deny', Condition: { StringEquals: { ResourceType: ['AWS::SNS::Topic'] } } }),
      { A: topic('a', { DisplayName: 'two' }) },
      '[#2] does not allow [Update:Modify]',
    ],
  ])('a stack policy decides: %s', async (_why, StackPolicyBody, after, denied) => {
    await stacks.apply('s', of({ A: topic('a', { DisplayName: 'one' }) }))
    await stacks.cfn.send(new SetStackPolicyCommand({ StackName: 's', StackPolicyBody }))
    expect((await stacks.cfn.send(new GetStackPolicyCommand({ StackName: 's' }))).StackPolicyBody).toBe(StackPolicyBody)
    const stack = await stacks.execute(await stacks.create('s', of(after)), { DisableRollback: true })
    expect(stack.StackStatus).toBe(denied === undefined ? 'UPDATE_COMPLETE' : 'UPDATE_FAILED')
    const reasons = (await stacks.events('s')).flatMap(({ ResourceStatus, ResourceStatusReason, LogicalResourceId }) =>
      ResourceStatus === 'UPDATE_FAILED' && LogicalResourceId === 'A' ? [ResourceStatusReason] : [],
    )
    expect(reasons).toEqual(
      denied === undefined
        ? []
        : [`Action denied by stack policy: Statement ${denied} for resource [LogicalResourceId/A]`],
    )
  })

  test('a document that is no stack policy is refused', async () => {
    await stacks.apply('s', of({ A: topic('a') }))
    const set = (StackPolicyBody: string) =>
      stacks.cfn.send(new SetStackPolicyCommand({ StackName: 's', StackPolicyBody }))
    for (const body of ['no json', '{}', '{"Statement":[]}']) {
      expect(await refusal(set(body))).toMatchObject({ message: 'Error validating stack policy: Invalid stack policy' })
    }
  })
})
