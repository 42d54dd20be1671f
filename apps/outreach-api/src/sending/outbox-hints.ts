import { errorFields, type Logger } from '@sax/logging'
import { type AwsAccess, askAws } from '@sax/stored-secrets'
import type { MessageKey } from './outbox-store.ts'

/** Tells a worker that something is to be sent. It only saves time: what nobody was told of is found by a sweep. */
export interface OutboxHints {
  /** After the message is stored, never before. Never fails. */
  readonly tell: (key: MessageKey) => Promise<void>
}

export interface QueueHintsOptions extends Omit<AwsAccess, 'timeoutMs'> {
  readonly queueUrl: string
  readonly logger: Logger
  /** Somebody waits for an answer meanwhile. Default 500. */
  readonly timeoutMs?: number
}

/** Hints by way of a queue, which hold ids and nothing else. @source Amazon SQS API Reference, "SendMessage" */
export function queueHints({ queueUrl, logger, timeoutMs = 500, ...access }: QueueHintsOptions): OutboxHints {
  return {
    tell: async ({ tenantId, messageId }) => {
      try {
        const { status } = await askAws(
          { ...access, timeoutMs },
          {
            service: 'sqs',
            target: 'AmazonSQS.SendMessage',
            version: '1.0',
            input: { QueueUrl: queueUrl, MessageBody: JSON.stringify({ tenantId, messageId }) },
          },
        )
        if (status !== 200) logger.warn('no worker was told of a message', { tenant: tenantId, status })
      } catch (error) {
        logger.warn('no worker was told of a message', { tenant: tenantId, ...errorFields(error) })
      }
    },
  }
}
