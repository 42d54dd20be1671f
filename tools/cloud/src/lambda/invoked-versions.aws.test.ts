import {
  GetFunctionConfigurationCommand,
  UpdateAliasCommand,
  UpdateFunctionConfigurationCommand,
} from '@aws-sdk/client-lambda'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { functionsOf, returning } from '../../test/functions.ts'
import { type Meeting, openMeeting, waiting } from '../../test/meeting.ts'
import { type Cloud, startCloud } from '../index.ts'

let cloud: Cloud
let fns: ReturnType<typeof functionsOf>
/** What chance gives next. */
let chance = 0
let meeting: Meeting
beforeAll(async () => {
  cloud = await startCloud({ accountId: '111122223333', functions: { random: () => chance } })
  fns = functionsOf(cloud)
})
afterAll(() => cloud.stop())
beforeEach(async () => {
  meeting = await openMeeting()
  await cloud.reset()
  await fns.role()
})
afterEach(() => meeting.end())

describe('versions and aliases', () => {
  test('a version keeps its code and its environment', async () => {
    const code = 'export const handler = async () => process.env.STAGE'
    await fns.create('fn', code, { Environment: { Variables: { STAGE: 'old' } } })
    await fns.publish('fn')
    await fns.lambda.send(
      new UpdateFunctionConfigurationCommand({ FunctionName: 'fn', Environment: { Variables: { STAGE: 'new' } } }),
    )
    await fns.lambda.send(new GetFunctionConfigurationCommand({ FunctionName: 'fn' }))
    const stages = ['1', '$LATEST'].map(async (Qualifier) => (await fns.invoke('fn', {}, { Qualifier })).value)
    expect(await Promise.all(stages)).toEqual(['old', 'new'])
  })

  test.each([
    [0.099, '2', 'b'],
    [0.1, '1', 'a'],
  ])('with a weight of 0.1, chance %d gives version %s', async (given, version, value) => {
    await fns.create('fn', returning('a'))
    await fns.publish('fn')
    await fns.publish('fn', returning('b'))
    await fns.alias('fn', 'live', '1', { 2: 0.1 })
    chance = given
    expect(await fns.invoke('fn', {}, { Qualifier: 'live' })).toMatchObject({ version, value })
  })

  test('the next call after an alias has moved gets the new version; one under way ends with the old', async () => {
    await fns.create('fn', waiting('old'), { Timeout: 20 })
    await fns.publish('fn')
    await fns.publish('fn', returning('new'))
    await fns.alias('fn', 'live', '1')
    const underWay = fns.invoke('fn', { meeting: meeting.folder, name: 'a' }, { Qualifier: 'live' })
    await meeting.isHere('a')
    await fns.lambda.send(new UpdateAliasCommand({ FunctionName: 'fn', Name: 'live', FunctionVersion: '2' }))
    expect((await fns.invoke('fn', {}, { Qualifier: 'live' })).value).toBe('new')
    await meeting.letGo()
    expect((await underWay).value).toBe('old')
  })

  test('no call fails while an alias moves to and fro', async () => {
    await fns.create('fn', returning('1'))
    await fns.publish('fn')
    await fns.publish('fn', returning('2'))
    await fns.alias('fn', 'live', '1')
    const outcomes: { version: string | undefined; value: unknown; error: string | undefined }[] = []
    const callers = Array.from({ length: 4 }, async () => {
      for (let i = 0; i < 25; i++) outcomes.push(await fns.invoke('fn', {}, { Qualifier: 'live' }))
    })
    for (let i = 0; i < 20; i++) {
      const FunctionVersion = i % 2 === 0 ? '2' : '1'
      await fns.lambda.send(new UpdateAliasCommand({ FunctionName: 'fn', Name: 'live', FunctionVersion }))
      await fns.invoke('fn', {}, { Qualifier: 'live' })
    }
    await Promise.all(callers)
    expect(outcomes.filter(({ version, value, error }) => error !== undefined || version !== value)).toEqual([])
    expect(new Set(outcomes.map(({ version }) => version))).toEqual(new Set(['1', '2']))
  })
})
