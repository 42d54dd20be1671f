import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  CreateLogStreamCommand,
  PutLogEventsCommand,
} from '@aws-sdk/client-cloudwatch-logs'
import type { Cloud as Emulator } from '@sax/cloud'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { settingsOf, startEmulator } from '../../test/infra/emulator.ts'
import { clientOptions } from '../aws/client-settings.ts'
import { createFunctionUrls } from '../aws/function-urls.ts'
import { createLogEvents } from '../aws/log-events.ts'

let emulator: Emulator
beforeAll(async () => {
  emulator = await startEmulator()
})
afterAll(() => emulator.stop())

const group = '/aws/lambda/sax-lambda-us-east-1-0x-d-outreach-server_develop'

test('lines that hold a request id are found in their order, and no others', async () => {
  const client = new CloudWatchLogsClient(clientOptions(settingsOf(emulator)))
  await client.send(new CreateLogGroupCommand({ logGroupName: group }))
  await client.send(new CreateLogStreamCommand({ logGroupName: group, logStreamName: 'a' }))
  const now = Date.now()
  const id = '0b9c2c5e-1111-4111-8111-111111111111'
  const logEvents = [
    { timestamp: now - 3000, message: `{"requestId":"${id}","message":"first"}` },
    { timestamp: now - 2000, message: '{"requestId":"other"}' },
    { timestamp: now - 1000, message: `{"requestId":"${id}","message":"second"}` },
  ]
  await client.send(new PutLogEventsCommand({ logGroupName: group, logStreamName: 'a', logEvents }))
  client.destroy()
  const events = createLogEvents(settingsOf(emulator))
  const found = await events.holding(group, id, now - 60_000)
  expect(found?.map(({ text, stream }) => [JSON.parse(text).message, stream])).toEqual([
    ['first', 'a'],
    ['second', 'a'],
  ])
  expect(await events.holding(group, id, now - 1500)).toHaveLength(1)
})

test('a group that is not there is told from one that holds nothing', async () => {
  expect(await createLogEvents(settingsOf(emulator)).holding('/aws/lambda/none', 'x', 0)).toBeUndefined()
})

test('a phrase cannot break out of its quotes', async () => {
  const events = createLogEvents(settingsOf(emulator))
  await expect(events.holding(group, '" "', 0)).rejects.toThrow('no quotes')
})

test('a function that is not there has no address', async () => {
  expect(await createFunctionUrls(settingsOf(emulator)).of('none', 'live')).toBeUndefined()
})
