import { DescribeChangeSetCommand } from '@aws-sdk/client-cloudformation'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { refusal } from '../../test/clients.ts'
import { stacksOf } from '../../test/stacks.ts'
import { bucket, kept, of, topic } from '../../test/templates.ts'
import { type Cloud, startCloud } from '../index.ts'

let cloud: Cloud
let stacks: ReturnType<typeof stacksOf>
beforeAll(async () => {
  cloud = await startCloud({ accountId: '111122223333' })
  stacks = stacksOf(cloud)
})
afterAll(() => cloud.stop())
beforeEach(() => cloud.reset())

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
