import { expect, test } from 'vitest'
import type { LogEvents } from '../aws/log-events.ts'
import { ownLine, reportedCall, startInLog } from './log-lines.ts'
import { linesUnder, reportedCalls } from './stage-logs.ts'

const own = {
  level: 'info',
  time: '2026-01-01T00:00:00.000Z',
  service: 'outreach-api',
  requestId: 'one',
  message: 'request',
}

test.each([
  ['written to the output as JSON', JSON.stringify(own)],
  [
    'wrapped by the platform as text',
    JSON.stringify({ timestamp: 't', level: 'INFO', requestId: 'lambda', message: JSON.stringify(own) }),
  ],
  ['wrapped by the platform as an object', JSON.stringify({ timestamp: 't', requestId: 'lambda', message: own })],
])('a line of ours is read when it was %s', (_how, text) => {
  expect(ownLine(text)).toMatchObject({ service: 'outreach-api', message: 'request', fields: { requestId: 'one' } })
})

test.each(['START RequestId: one', '{"type":"platform.start"}', '{"message":"request one"}', '[1]', ''])(
  'a line of somebody else is left out: %s',
  (text) => expect(ownLine(text)).toBeUndefined(),
)

const reported = (status: string, metrics: object) =>
  JSON.stringify({ time: 't', type: 'platform.report', record: { requestId: 'x', status, metrics } })

test('a report says how the call ended, and how long a cold one took to start', () => {
  expect(reportedCall('outreach-api', reported('success', { durationMs: 12.5, initDurationMs: 801 }))).toEqual({
    ...{ role: 'outreach-api', status: 'success', durationMs: 12.5, initMs: 801 },
  })
  expect(reportedCall('outreach-api', reported('timeout', { durationMs: 30_000 }))).toMatchObject({
    status: 'timeout',
    initMs: undefined,
  })
  expect(reportedCall('outreach-api', JSON.stringify(own))).toBeUndefined()
})

/** Groups whose lines appear as the clock goes on. */
function groups(
  lines: readonly { readonly group: string; readonly atMs: number; readonly text: string; readonly stream?: string }[],
) {
  const clock = { ms: 0 }
  const asked: string[] = []
  const events: LogEvents = {
    holding: async (group, phrase) => {
      asked.push(group)
      if (!lines.some((line) => line.group === group)) return undefined
      return lines
        .filter((line) => line.group === group && line.atMs <= clock.ms && line.text.includes(phrase))
        .map(({ text, stream = '2026/01/01/[7]a' }) => ({ text, stream }))
    },
  }
  const ports = {
    events,
    groups: ['host', 'zone', 'none'].map((group) => ({ group, role: group, writers: [{ name: group, role: group }] })),
    liveVersions: async () => new Map(['host', 'zone'].map((name) => [name, ['7']] as const)),
    wait: async (ms: number) => {
      clock.ms += ms
    },
    everyMs: 1000,
    wallMs: () => clock.ms,
  }
  return { clock, ports, asked }
}
const line = (service: string, time: string, requestId = 'one') => JSON.stringify({ ...own, service, time, requestId })

test('the lines of every group are awaited and put in the order of time', async () => {
  const { clock, ports } = groups([
    { group: 'zone', atMs: 9000, text: line('zone', '2026-01-01T00:00:02Z') },
    { group: 'host', atMs: 3000, text: line('host', '2026-01-01T00:00:01Z') },
    { group: 'host', atMs: 0, text: line('host', '2026-01-01T00:00:00Z', 'one-more') },
  ])
  const lines = await linesUnder('one', ['host', 'zone'], ports)
  expect(lines.map(({ service }) => service)).toEqual(['host', 'zone'])
  expect(clock.ms).toBe(9000)
})

test('a hop that never writes is waited for a minute, and then it is missing', async () => {
  const { clock, ports } = groups([{ group: 'host', atMs: 0, text: line('host', '2026-01-01T00:00:01Z') }])
  expect(await linesUnder('one', ['host', 'zone'], ports)).toHaveLength(1)
  expect(clock.ms).toBeGreaterThan(60_000)
  expect(clock.ms).toBeLessThan(63_000)
})

test('reports of all groups are told by the function that the group belongs to', async () => {
  const { ports } = groups([
    { group: 'host', atMs: 0, text: reported('success', { durationMs: 1 }) },
    { group: 'zone', atMs: 0, text: reported('error', { durationMs: 2 }) },
    // A release that was tried and stopped has failed nobody.
    { group: 'zone', atMs: 0, text: reported('failure', { durationMs: 3 }), stream: '2026/01/01/[8]a' },
  ])
  expect((await reportedCalls(3600, ports)).map(({ role, status }) => [role, status])).toEqual([
    ['host', 'success'],
    ['zone', 'error'],
  ])
})

const REPORT = 'REPORT RequestId: 8f5\tDuration: 12.50 ms\tBilled Duration: 813 ms\tMemory Size: 1024 MB'

test.each<[what: string, tail: string, initMs: number | undefined]>([
  ['text of a start', `START RequestId: 8f5\nEND RequestId: 8f5\n${REPORT}\tInit Duration: 800.25 ms\t\n`, 800.25],
  ['text of a call that found it running', `START RequestId: 8f5\nEND RequestId: 8f5\n${REPORT}\t\n`, undefined],
  ['JSON of a start', `${line('host', 't')}\n${reported('success', { durationMs: 1, initDurationMs: 801 })}\n`, 801],
  ['JSON of a call that found it running', `${reported('success', { durationMs: 1 })}\n`, undefined],
  ['what a function wrote of itself', `${REPORT}\tInit Duration: 1.00 ms\n${REPORT}\n`, undefined],
  ['a log that was cut in the middle', 'uration: 800.25 ms', undefined],
  ['no log at all', '', undefined],
])('how long a start took is read at the end of a log: %s', (_what, tail, initMs) => {
  expect(startInLog(tail)).toBe(initMs)
})
