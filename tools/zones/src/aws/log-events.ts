import { CloudWatchLogsClient, FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs'
import { isRefusedAs } from './aws-failure.ts'
import { type AwsSettings, clientOptions, failingPlainly } from './client-settings.ts'
import { everyPage } from './every-page.ts'

/** A line of a log group. */
export interface LogEvent {
  readonly text: string
  /** Name of its stream, which says the version that wrote it. */
  readonly stream: string
}

export interface LogEvents {
  /**
   * Lines of a log group that hold `phrase`, oldest first. Undefined: there is no such group. @throws AwsFailure
   * @param sinceMs milliseconds since 1970
   */
  holding(group: string, phrase: string, sinceMs: number): Promise<readonly LogEvent[] | undefined>
}

/**
 * CloudWatch Logs, read only.
 * @source Amazon CloudWatch Logs API Reference, "FilterLogEvents" (pages may be empty and go on) and User Guide, "Filter
 *   pattern syntax" (a phrase between double quotes)
 */
export function createLogEvents(settings: AwsSettings): LogEvents {
  const client = failingPlainly('logs', new CloudWatchLogsClient(clientOptions(settings)))
  return {
    async holding(group, phrase, sinceMs) {
      if (/["\\]/.test(phrase)) throw new TypeError('a phrase of a filter pattern has no quotes in it')
      try {
        const events = await everyPage(async (nextToken) => {
          const asked = {
            ...{ logGroupName: group, startTime: Math.floor(sinceMs), filterPattern: `"${phrase}"` },
            ...(nextToken === undefined ? {} : { nextToken }),
          }
          const answer = await client.send(new FilterLogEventsCommand(asked))
          return { items: answer.events ?? [], next: answer.nextToken }
        })
        return events
          .toSorted((a, b) => (a.timestamp ?? 0) - (b.timestamp ?? 0))
          .map(({ message = '', logStreamName = '' }) => ({ text: message, stream: logStreamName }))
      } catch (error) {
        if (isRefusedAs(error, 'ResourceNotFoundException')) return undefined
        throw error
      }
    },
  }
}
