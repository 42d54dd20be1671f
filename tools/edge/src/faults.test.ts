import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import { readFileSync } from 'node:fs'
import { afterEach, expect, test } from 'vitest'
import { type DeafPort, startDeafPort } from '../test/faults/deaf-port.ts'
import { type FaultyOrigin, refusingPort, startFaultyOrigin } from '../test/faults/faulty-origin.ts'
import { type Fault, faults, RESPONSE_TIMEOUT_SEC } from '../test/faults/table.ts'
import { type PlainDoor, startPlainDoor } from '../test/plain-door.ts'
import { converse } from '../test/raw-http/conversation.ts'
import { readAnswers } from '../test/raw-http/read-answers.ts'

/** Nothing takes longer than three attempts and what a busy machine adds to them. */
const PATIENCE_MS = 9000

const open: { close(): Promise<void> }[] = []

afterEach(async () => {
  for (const one of open.splice(0).reverse()) await one.close()
})

async function started<T extends { close(): Promise<void> }>(starting: Promise<T>): Promise<T> {
  const one = await starting
  open.push(one)
  return one
}

async function doorBeforeFaults(patience: Fault['patience'] = {}): Promise<{ door: PlainDoor; origin: FaultyOrigin }> {
  const origin = await started(startFaultyOrigin())
  const door = await started(startPlainDoor(origin.url, { responseTimeoutSec: RESPONSE_TIMEOUT_SEC, ...patience }))
  return { door, origin }
}

interface Got {
  /** As the table says it. */
  readonly answer: string
  readonly body: string
  readonly text: string
}

async function ask(door: PlainDoor, method: string, body = ''): Promise<Got> {
  const viewer = await converse(door.port)
  const fields = body === '' ? '' : `Content-Length: ${body.length}\r\n`
  viewer.send(
    `${method} /outreach/api/outreach/x HTTP/1.1\r\nHost: ${door.host}\r\nConnection: close\r\n${fields}\r\n${body}`,
  )
  const hasEnded = await viewer.until(() => false, PATIENCE_MS)
  viewer.destroy()
  const text = viewer.received()
  const { answers, end } = readAnswers(text, [method], true)
  const status = /^HTTP\/1\.1 (\d{3})/.exec(text)?.[1] ?? 'nothing'
  const said = end === 'whole' && answers.length === 1 ? status : `${status}, cut`
  return { answer: hasEnded ? said : 'hangs', body: answers[0]?.body ?? '', text }
}

test.each(faults.map((one): [string, Fault] => [one.fault, one]))(
  'an origin that %s',
  async (_name, { method, origin: behaviour, answer, attempts, body, patience }) => {
    const { door, origin } = await doorBeforeFaults(patience)
    origin.behave(behaviour)
    const got = await ask(door, method, body)
    expect(got.answer).toBe(answer)
    if (answer === '200' && method === 'GET') expect(got.body).toBe('well')
    expect(origin.attempts()).toBe(attempts)
    expect(door.errors).toEqual([])
    origin.behave((socket) => socket.write('HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nhealed'))
    for (const _again of [1, 2]) expect((await ask(door, 'GET')).body).toBe('healed')
    // A connection that had a fault is not kept; one that may be is used again.
    await expect.poll(origin.openConnections, { timeout: 5000 }).toBeLessThanOrEqual(1)
  },
  30_000,
)

/** Faults that need no origin to answer: name in the document, what the viewer gets, how often is connected. */
const unreachable: readonly [fault: string, start: () => Promise<URL>, answer: string, connects: number][] = [
  ['refuses connections', refusingPort, '502', 1],
  ['does not take the connection', async () => (await started<DeafPort>(startDeafPort())).url, '504', 3],
]

test.each(unreachable)(
  'an origin that %s',
  async (_name, start, answer, connects) => {
    const url = await start()
    const door = await started(startPlainDoor(url, { connectionTimeoutSec: 0.3 }))
    let connected = 0
    const count = (message: unknown) => {
      const { connectParams } = message as { connectParams: { port: string } }
      if (connectParams.port === url.port) connected += 1
    }
    subscribe('undici:client:beforeConnect', count)
    const got = await ask(door, 'GET')
    unsubscribe('undici:client:beforeConnect', count)
    expect(got.answer).toBe(answer)
    expect(connected).toBe(connects)
  },
  30_000,
)

test('headers between the origin and the front door stay between them', async () => {
  const { door, origin } = await doorBeforeFaults()
  origin.behave((socket) =>
    socket.write(
      'HTTP/1.1 103 Early Hints\r\nX-Hint: h\r\n\r\nHTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTrailer: X-T\r\n' +
        'Connection: keep-alive, X-Named\r\nX-Named: n\r\nKeep-Alive: timeout=5\r\n\r\n4\r\nwell\r\n0\r\nX-T: t\r\n\r\n',
    ),
  )
  expect((await ask(door, 'GET')).text).not.toMatch(/x-hint|x-t:|x-named|keep-alive|early/i)
})

test.each<[when: string, firstBytes: string]>([
  ['before an answer', ''],
  ['in the middle of an answer that never ends', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n'],
])('a viewer that leaves %s ends the request of the origin', async (_when, firstBytes) => {
  const { door, origin } = await doorBeforeFaults({ responseTimeoutSec: 30 })
  const viewer = await converse(door.port)
  const asked = Promise.withResolvers<void>()
  origin.behave((socket) => socket.write(firstBytes, () => asked.resolve()))
  viewer.send(`GET /outreach HTTP/1.1\r\nHost: ${door.host}\r\n\r\n`)
  await asked.promise
  if (firstBytes !== '') await viewer.until((received) => received.includes('\r\na\r\n'))
  const left = origin.left()
  viewer.destroy()
  await left
  await expect.poll(origin.openConnections, { timeout: 5000 }).toBe(0)
})

test('the document for readers and this table say the same', () => {
  const text = readFileSync(new URL('../../../docs/front-door-faults.md', import.meta.url), 'utf8')
  const rows = text.split('\n').filter((line) => /^\| [a-z0-9]/.test(line))
  const said = rows.map((line) =>
    line
      .split('|')
      .slice(1, 4)
      .map((cell) => cell.trim())
      .join(' | '),
  )
  const tested = [
    ...unreachable.map(([fault, , answer, connects]) => [fault, answer, connects]),
    ...faults.map(({ fault, answer, attempts }) => [fault, answer, attempts]),
  ].map((row) => row.join(' | '))
  expect(said.toSorted()).toEqual(tested.toSorted())
})
