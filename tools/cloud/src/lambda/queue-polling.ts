import { DeleteMessageCommand, GetQueueUrlCommand, type Message, ReceiveMessageCommand } from '@aws-sdk/client-sqs'
import * as z from 'zod'
import type { AccountClients } from '../moto/moto-clients.ts'

/** A queue whose messages a function is called with. */
export interface PolledQueue {
  readonly queueArn: string
  readonly batchSize: number
  /** The function says which messages failed; the others are done. Otherwise all of them are, or none. */
  readonly reportsItems: boolean
}

/** What a call came to: what the function answered, or that it failed. */
export type CallOutcome = { readonly kind: 'answered'; readonly payload: Buffer } | { readonly kind: 'failed' }

/** @source AWS Lambda Developer Guide, "Handling errors for an SQS event source in Lambda" (batchItemFailures) */
const itemFailures = z.object({
  batchItemFailures: z.array(z.object({ itemIdentifier: z.string().min(1) })).nullish(),
})

/**
 * Takes one batch off a queue, calls with it, and takes away what was done; the rest shows up again when it has been
 * hidden for as long as the queue says. Answers how many messages there were.
 * @source AWS Lambda Developer Guide, "Using Lambda with Amazon SQS"
 */
export async function pollOnce(
  sqs: AccountClients['sqs'],
  { queueArn, batchSize, reportsItems }: PolledQueue,
  call: (event: object) => Promise<CallOutcome>,
): Promise<number> {
  const [, , , awsRegion = '', , queueName = ''] = queueArn.split(':')
  const { QueueUrl } = await sqs.send(new GetQueueUrlCommand({ QueueName: queueName }))
  const { Messages = [] } = await sqs.send(
    new ReceiveMessageCommand({
      ...{ QueueUrl, MaxNumberOfMessages: Math.min(batchSize, 10) },
      ...{ MessageSystemAttributeNames: ['All'], MessageAttributeNames: ['All'] },
    }),
  )
  if (Messages.length === 0) return 0
  const outcome = await call({ Records: Messages.map((message) => recordOf(message, queueArn, awsRegion)) })
  const failed = failedOf(outcome, reportsItems)
  const done = failed === 'all' ? [] : Messages.filter(({ MessageId = '' }) => !failed.has(MessageId))
  for (const { ReceiptHandle } of done) await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }))
  return Messages.length
}

/** @source AWS Lambda Developer Guide, "Using Lambda with Amazon SQS" (example event) */
function recordOf(message: Message, eventSourceARN: string, awsRegion: string): object {
  return {
    messageId: message.MessageId,
    receiptHandle: message.ReceiptHandle,
    body: message.Body,
    attributes: message.Attributes ?? {},
    messageAttributes: message.MessageAttributes ?? {},
    md5OfBody: message.MD5OfBody,
    eventSource: 'aws:sqs',
    eventSourceARN,
    awsRegion,
  }
}

/** An answer that cannot be read counts as if everything had failed, and so does an item without a name. */
function failedOf(outcome: CallOutcome, reportsItems: boolean): 'all' | ReadonlySet<string> {
  if (outcome.kind === 'failed') return 'all'
  if (!reportsItems) return new Set()
  try {
    const answer: unknown = JSON.parse(outcome.payload.toString('utf8'))
    const { batchItemFailures } = itemFailures.parse(answer ?? {})
    return new Set((batchItemFailures ?? []).map(({ itemIdentifier }) => itemIdentifier))
  } catch {
    return 'all'
  }
}
