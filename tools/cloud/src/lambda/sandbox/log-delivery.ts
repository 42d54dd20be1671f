import type { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs'
import { CreateLogGroupCommand, CreateLogStreamCommand, PutLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs'

export interface LogStream {
  readonly accountId: string
  readonly group: string
  readonly stream: string
}

/** Takes lines to CloudWatch Logs, many at a time. */
export interface LogDelivery {
  readonly write: (to: LogStream, line: string) => void
  /** Settles when everything that was written is there. @throws Error when CloudWatch Logs refuses it */
  readonly flush: () => Promise<void>
}

/** Bytes and events that one call may have. @source Amazon CloudWatch Logs API Reference, "PutLogEvents" */
const MAX_BATCH_BYTES = 1_048_576
const MAX_BATCH_EVENTS = 10_000
const BYTES_PER_EVENT = 26
/** So long lines wait for others: a busy function writes many, and each call takes this computer's time from it. */
const GATHER_MS = 1000

interface Waiting extends LogStream {
  readonly events: { readonly timestamp: number; readonly message: string }[]
  isMade: boolean
}

export function logDelivery(logs: (accountId: string) => CloudWatchLogsClient): LogDelivery {
  const streams = new Map<string, Waiting>()
  let sending: Promise<void> = Promise.resolve()
  let timer: NodeJS.Timeout | undefined
  const send = () => {
    timer = undefined
    const before = sending.catch(() => undefined)
    sending = before.then(async () => {
      for (const one of streams.values()) await deliver(logs(one.accountId), one)
    })
    return sending
  }
  return {
    write: (to, line) => {
      const key = `${to.accountId} ${to.group} ${to.stream}`
      const waiting = streams.get(key) ?? { ...to, events: [], isMade: false }
      streams.set(key, waiting)
      waiting.events.push({ timestamp: Date.now(), message: line })
      if (timer !== undefined) return
      // Whoever flushes hears of a failure; a log that cannot be written does not end the cloud.
      timer = setTimeout(() => void send().catch(() => undefined), GATHER_MS)
      timer.unref()
    },
    flush: () => {
      clearTimeout(timer)
      return send()
    },
  }
}

async function deliver(client: CloudWatchLogsClient, waiting: Waiting): Promise<void> {
  const about = { logGroupName: waiting.group, logStreamName: waiting.stream }
  while (waiting.events.length > 0) {
    if (!waiting.isMade) await makeStream(client, about)
    waiting.isMade = true
    const logEvents = waiting.events.splice(0, batchSize(waiting.events))
    await client.send(new PutLogEventsCommand({ ...about, logEvents }))
  }
}

function batchSize(events: Waiting['events']): number {
  let bytes = 0
  const end = events.findIndex(({ message }) => {
    bytes += Buffer.byteLength(message) + BYTES_PER_EVENT
    return bytes > MAX_BATCH_BYTES
  })
  return Math.min(MAX_BATCH_EVENTS, Math.max(1, end === -1 ? events.length : end))
}

/** The group too, where nobody has made it: a role that may write may do that. */
async function makeStream(
  client: CloudWatchLogsClient,
  about: { readonly logGroupName: string; readonly logStreamName: string },
): Promise<void> {
  const make = () => orThere(client.send(new CreateLogStreamCommand(about)))
  try {
    await make()
  } catch (error) {
    if (!(error instanceof Error) || error.name !== 'ResourceNotFoundException') throw error
    await orThere(client.send(new CreateLogGroupCommand({ logGroupName: about.logGroupName })))
    await make()
  }
}

async function orThere(made: Promise<unknown>): Promise<void> {
  try {
    await made
  } catch (error) {
    if (!(error instanceof Error) || error.name !== 'ResourceAlreadyExistsException') throw error
  }
}
