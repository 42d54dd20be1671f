import { SQS } from '@aws-sdk/client-sqs'
import { type Cloud, startCloud } from '@sax/cloud'
import { createLogger } from '@sax/logging'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type QueueHintsOptions, queueHints } from './outbox-hints.ts'

const key = { tenantId: '00000000-0000-4000-8000-000000000001', messageId: '30000000-0000-4000-8000-000000000001' }
let cloud: Cloud
let sqs: SQS
let queueUrl: string

beforeAll(async () => {
  cloud = await startCloud({ accountId: '111122223333' })
  const { AWS_ACCESS_KEY_ID: accessKeyId = '', AWS_SECRET_ACCESS_KEY: secretAccessKey = '' } = cloud.env
  sqs = new SQS({ endpoint: cloud.endpoint, region: 'us-east-1', credentials: { accessKeyId, secretAccessKey } })
  queueUrl = (await sqs.createQueue({ QueueName: 'outbox' })).QueueUrl ?? ''
}, 60_000)
afterAll(async () => {
  sqs?.destroy()
  await cloud?.stop()
})

function hints(other: Partial<QueueHintsOptions> = {}) {
  const lines: string[] = []
  const { AWS_ACCESS_KEY_ID: accessKeyId = '', AWS_SECRET_ACCESS_KEY: secretAccessKey = '' } = cloud.env
  const { tell } = queueHints({
    ...{ queueUrl, region: 'us-east-1', endpoint: cloud.endpoint, fetch: globalThis.fetch, nowMs: Date.now },
    credentials: () => ({ accessKeyId, secretAccessKey }),
    logger: createLogger({ service: 'outreach-api', destination: { write: (line) => void lines.push(line) } }),
    ...other,
  })
  return { tell, lines }
}

test('the queue gets the ids of a message and nothing else of it', async () => {
  const { tell, lines } = hints()
  await tell(key)
  const { Messages = [] } = await sqs.receiveMessage({ QueueUrl: queueUrl })
  expect(Messages.map(({ Body = '' }) => JSON.parse(Body))).toEqual([key])
  expect(lines).toEqual([])
})

test.each<[why: string, other: Partial<QueueHintsOptions>, field: object]>([
  ['there is no such queue', { queueUrl: 'https://sqs.us-east-1.amazonaws.com/111122223333/none' }, { status: 400 }],
  ['nobody answers', { endpoint: 'http://127.0.0.1:9' }, { errorName: 'TypeError' }],
  [
    'no answer comes in time',
    { fetch: (_url, { signal }) => untilEnded(signal), timeoutMs: 20 },
    { errorName: 'TimeoutError' },
  ],
])('when %s it is written down, and whoever sends hears nothing of it', async (_why, other, field) => {
  const { tell, lines } = hints(other)
  await tell(key)
  expect(lines.map((line) => JSON.parse(line))).toMatchObject([
    { message: 'no worker was told of a message', tenant: key.tenantId, ...field },
  ])
})

function untilEnded(signal: AbortSignal): Promise<never> {
  return new Promise((_done, failed) => signal.addEventListener('abort', () => failed(signal.reason)))
}
