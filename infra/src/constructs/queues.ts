import { CfnQueue, CfnQueuePolicy, type CfnQueueProps } from 'aws-cdk-lib/aws-sqs'
import type { Stack } from 'aws-cdk-lib/core'
import { arnOf } from '../arn.ts'
import { type QueueId, queueNames } from '../queues.ts'
import { logicalIdOf } from '../resource-names.ts'
import { WORKER_TIMEOUT_SEC } from '../sizing.ts'
import type { StageDescription } from '../stage-description.ts'

/** Seconds that a message is hidden while somebody works on it. @source AWS Lambda Developer Guide, "Using Lambda with Amazon SQS": at least six times the function's timeout */
const HIDDEN_SEC = 6 * WORKER_TIMEOUT_SEC
/** Times that a message is tried before it is put aside. @source ibid.: at least five */
const TRIES = 5
/** Seconds that what failed is kept: SQS's longest, two weeks. */
const FAILED_KEPT_SEC = 1_209_600
const KEPT_SEC = 345_600

/** The stage's queues. Each is encrypted with a key of SQS's and refuses whoever comes without TLS. */
export function queues(stack: Stack, described: StageDescription): ReadonlyMap<QueueId, CfnQueue> {
  const name = queueNames(described.stage)
  const arn = (id: QueueId) => arnOf(described, 'sqs', name[id])
  const made = new Map<QueueId, CfnQueue>()
  const put = (id: QueueId, own: CfnQueueProps): CfnQueue => {
    const queue = new CfnQueue(stack, `${logicalIdOf(id)}Queue`, {
      queueName: name[id],
      sqsManagedSseEnabled: true,
      ...own,
    })
    made.set(id, queue)
    return queue
  }
  const failed = (id: QueueId, redriveAllowPolicy: object) =>
    put(id, { messageRetentionPeriod: FAILED_KEPT_SEC, redriveAllowPolicy })
  const from = (id: QueueId) => ({ redrivePermission: 'byQueue', sourceQueueArns: [arn(id)] })
  const working = (id: 'outbox' | 'inbound', aside: CfnQueue) =>
    put(id, {
      visibilityTimeout: HIDDEN_SEC,
      messageRetentionPeriod: KEPT_SEC,
      redrivePolicy: { deadLetterTargetArn: aside.attrArn, maxReceiveCount: TRIES },
    })
  working('outbox', failed('outbox-failed', from('outbox')))
  working('inbound', failed('inbound-failed', from('inbound')))
  // What fails here comes from a schedule and a function, which write to it themselves.
  failed('sweeps-failed', { redrivePermission: 'denyAll' })
  for (const [id, queue] of made) {
    new CfnQueuePolicy(stack, `${logicalIdOf(id)}QueuePolicy`, {
      queues: [queue.ref],
      policyDocument: {
        Version: '2012-10-17',
        Statement: [
          {
            Sid: 'OnlyOverTls',
            Effect: 'Deny',
            Principal: '*',
            Action: 'sqs:*',
            Resource: arn(id),
            Condition: { Bool: { 'aws:SecureTransport': 'false' } },
          },
        ],
      },
    })
  }
  return made
}
