import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { CreateAliasCommand, CreateEventSourceMappingCommand, UpdateAliasCommand } from '@aws-sdk/client-lambda'
import { CreateQueueCommand, GetQueueAttributesCommand, SendMessageBatchCommand, SQSClient } from '@aws-sdk/client-sqs'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { asOwner } from '../../test/clients.ts'
import { functionsOf } from '../../test/functions.ts'
import { type Cloud, startCloud } from '../index.ts'

const QUEUE = 'arn:aws:sqs:us-east-1:111122223333:letters'
let cloud: Cloud
let fns: ReturnType<typeof functionsOf>
let sqs: SQSClient
/** The function puts a file in here for each call: the bodies that came together. */
let mailbox: string
let queueUrl: string

beforeAll(async () => {
  cloud = await startCloud({ accountId: '111122223333', functions: {} })
  fns = functionsOf(cloud)
  sqs = new SQSClient(asOwner(cloud))
})
afterAll(async () => {
  sqs?.destroy()
  await cloud?.stop()
})
beforeEach(async () => {
  mailbox = await mkdtemp(join(tmpdir(), 'mailbox-'))
  await cloud.reset()
  await fns.role()
  const made = await sqs.send(new CreateQueueCommand({ QueueName: 'letters', Attributes: { VisibilityTimeout: '1' } }))
  queueUrl = made.QueueUrl ?? ''
})
afterEach(() => rm(mailbox, { recursive: true }))

/** Writes each call down as `<mark>:<bodies>`; a body that begins with "bad" fails, once. */
const postman = (mark: string) => `
import { existsSync, writeFileSync } from 'node:fs'
let calls = 0
export const handler = async ({ Records }) => {
  const bodies = Records.map(({ body }) => body)
  const wrong = Records.find(({ eventSource, eventSourceARN }) => eventSource !== 'aws:sqs' || eventSourceARN !== '${QUEUE}')
  if (wrong !== undefined) throw new TypeError('that is no record of the queue')
  const again = (body) => existsSync('${mailbox}/seen ' + body)
  const failed = Records.filter(({ body }) => body.startsWith('bad') && !again(body))
  for (const { body } of failed) writeFileSync('${mailbox}/seen ' + body, '')
  writeFileSync('${mailbox}/${mark}:' + bodies.sort().join('+') + ' ' + calls++, '')
  if (failed.some(({ body }) => body === 'bad throw')) throw new Error('whole batch')
  return { batchItemFailures: failed.map(({ messageId }) => ({ itemIdentifier: messageId })) }
}`

async function listening(...FunctionResponseTypes: 'ReportBatchItemFailures'[]) {
  await fns.create('postman', postman('first'))
  const FunctionVersion = await fns.publish('postman')
  await fns.lambda.send(new CreateAliasCommand({ FunctionName: 'postman', Name: 'live', FunctionVersion }))
  await fns.lambda.send(
    new CreateEventSourceMappingCommand({
      ...{ EventSourceArn: QUEUE, FunctionName: 'arn:aws:lambda:us-east-1:111122223333:function:postman:live' },
      ...{ BatchSize: 10, FunctionResponseTypes },
    }),
  )
}
const put = (...bodies: readonly string[]) =>
  sqs.send(
    new SendMessageBatchCommand({
      QueueUrl: queueUrl,
      Entries: bodies.map((MessageBody, index) => ({ Id: String(index), MessageBody })),
    }),
  )
const calls = async () => (await readdir(mailbox)).filter((name) => !name.startsWith('seen')).toSorted()
const left = async () => {
  const { Attributes } = await sqs.send(new GetQueueAttributesCommand({ QueueUrl: queueUrl, AttributeNames: ['All'] }))
  return [Attributes?.ApproximateNumberOfMessages, Attributes?.ApproximateNumberOfMessagesNotVisible]
}
const eventually = (see: () => Promise<void>) => vi.waitFor(see, { timeout: 20_000, interval: 50 })

test('what is in a queue comes to the function in one batch, and is taken away', async () => {
  await put('a', 'b', 'c')
  await listening('ReportBatchItemFailures')
  await eventually(async () => expect(await left()).toEqual(['0', '0']))
  expect(await calls()).toEqual(['first:a+b+c 0'])
})

test('what the function says has failed shows up again, alone', async () => {
  await put('a', 'bad b')
  await listening('ReportBatchItemFailures')
  await eventually(async () => expect(await calls()).toEqual(['first:a+bad b 0', 'first:bad b 1']))
  await eventually(async () => expect(await left()).toEqual(['0', '0']))
})

test('when the call fails, or failures of items are not asked for, the batch is one', async () => {
  await put('a', 'bad throw')
  await listening()
  // Both show up again, together or each when its time has come.
  const later = async () => (await calls()).filter((call) => !call.endsWith(' 0'))
  const again = async () =>
    new Set((await later()).flatMap((call) => call.slice('first:'.length, -' 1'.length).split('+')))
  await eventually(async () => expect([...(await again())].toSorted()).toEqual(['a', 'bad throw']))
  expect(await calls()).toContain('first:a+bad throw 0')
})

test('a queue calls what its alias leads to now', async () => {
  await listening('ReportBatchItemFailures')
  await put('a')
  await eventually(async () => expect(await calls()).toEqual(['first:a 0']))
  const FunctionVersion = await fns.publish('postman', postman('second'))
  await fns.lambda.send(new UpdateAliasCommand({ FunctionName: 'postman', Name: 'live', FunctionVersion }))
  await put('b')
  await eventually(async () => expect(await calls()).toEqual(['first:a 0', 'second:b 0']))
})

test('a mapping leads to a queue that does not exist: nothing is called, and nothing ends', async () => {
  await listening()
  await fns.create('other', 'export const handler = async () => 7')
  await fns.lambda.send(
    new CreateEventSourceMappingCommand({ EventSourceArn: `${QUEUE}-of-nobody`, FunctionName: 'other' }),
  )
  await put('a')
  await eventually(async () => expect(await calls()).toEqual(['first:a 0']))
  await eventually(async () =>
    expect(cloud.functions?.invocations().map(({ functionName }) => functionName)).toEqual(['postman']),
  )
})
