import {
  DeleteChangeSetCommand,
  DescribeStacksCommand,
  ExecuteChangeSetCommand,
  ListChangeSetsCommand,
} from '@aws-sdk/client-cloudformation'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { refusal } from '../../test/clients.ts'
import { stacksOf } from '../../test/stacks.ts'
import { of, topic } from '../../test/templates.ts'
import { type Cloud, startCloud } from '../index.ts'

let cloud: Cloud
let stacks: ReturnType<typeof stacksOf>
beforeAll(async () => {
  cloud = await startCloud({ accountId: '111122223333' })
  stacks = stacksOf(cloud)
})
afterAll(() => cloud.stop())
beforeEach(() => cloud.reset())

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
