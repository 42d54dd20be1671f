import { CloudWatchLogsClient, FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { asOwner } from '../../test/clients.ts'
import { functionsOf } from '../../test/functions.ts'
import { type Cloud, startCloud } from '../index.ts'

let cloud: Cloud
let fns: ReturnType<typeof functionsOf>
beforeAll(async () => {
  cloud = await startCloud({ accountId: '111122223333', functions: {} })
  fns = functionsOf(cloud)
})
afterAll(() => cloud.stop())
beforeEach(async () => {
  await cloud.reset()
  await fns.role()
})

describe('logs', () => {
  const messagesIn = async (logGroupName: string) => {
    await cloud.functions?.flushLogs()
    const { events = [] } = await new CloudWatchLogsClient(asOwner(cloud)).send(
      new FilterLogEventsCommand({ logGroupName }),
    )
    return events.map(({ message = '' }) => message)
  }

  test('what a function prints is in its log group', async () => {
    await fns.create(
      'fn',
      'export const handler = async () => { console.log("two\\nlines"); process.stdout.write("raw\\n") }',
    )
    await fns.invoke('fn')
    const messages = await messagesIn('/aws/lambda/fn')
    expect(messages).toContain('raw')
    expect(messages.some((message) => message.endsWith('\ttwo\nlines'))).toBe(true)
    expect(messages.at(-1)).toMatch(/^REPORT RequestId: /)
  })

  test('in JSON and in another group, where that is configured', async () => {
    const LoggingConfig = { LogFormat: 'JSON', LogGroup: '/a/group', ApplicationLogLevel: 'WARN' } as const
    await fns.create('fn', 'export const handler = async () => { console.info("no"); console.warn("yes") }', {
      LoggingConfig,
    })
    await fns.invoke('fn')
    const events = (await messagesIn('/a/group')).map((message) => JSON.parse(message))
    expect(events).toMatchObject([
      { type: 'platform.initStart' },
      { type: 'platform.start', record: { version: '$LATEST' } },
      { level: 'WARN', message: 'yes', requestId: events[1].record.requestId },
      { type: 'platform.report', record: { status: 'success', metrics: { initDurationMs: expect.any(Number) } } },
    ])
  })
})
