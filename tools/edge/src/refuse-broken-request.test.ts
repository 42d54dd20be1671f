import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { type PlainDoor, startPlainDoor } from '../test/plain-door.ts'
import { type Conversation, converse } from '../test/raw-http/conversation.ts'
import { readAnswers } from '../test/raw-http/read-answers.ts'

const open: (() => Promise<void>)[] = []

afterEach(async () => {
  for (const close of open.splice(0).reverse()) await close()
})

async function viewerBefore(listener: RequestListener): Promise<{ viewer: Conversation; door: PlainDoor }> {
  const origin = createServer(listener)
  await new Promise<void>((resolve) => origin.listen(0, '127.0.0.1', resolve))
  const door = await startPlainDoor(new URL(`http://127.0.0.1:${(origin.address() as AddressInfo).port}`))
  open.push(async () => {
    await door.close()
    origin.closeAllConnections()
    origin.close()
  })
  return { door, viewer: await converse(door.port) }
}

const request = (method: string, { host }: PlainDoor, fields = '') =>
  `${method} /outreach/api/outreach/x HTTP/1.1\r\nHost: ${host}\r\n${fields}\r\n`

test('nonsense behind a request is refused when that request has its whole answer, not in the middle of it', async () => {
  let finish = (): unknown => undefined
  const { viewer, door } = await viewerBefore((_incoming, outgoing) => {
    outgoing.write('first')
    finish = () => outgoing.end('last')
  })
  viewer.send(request('GET', door))
  await viewer.until((received) => received.includes('first'))
  viewer.send('nonsense\r\n\r\n')
  await new Promise((resolve) => setImmediate(resolve))
  finish()
  await viewer.until(() => false)
  const { answers, end } = readAnswers(viewer.received(), [], true)
  expect(answers.map(({ status }) => status)).toEqual([200, 400])
  expect([answers[0]?.body, end]).toEqual(['firstlast', 'whole'])
})

test('a body that breaks while it is being answered ends the connection without another word', async () => {
  const { viewer, door } = await viewerBefore((_incoming, outgoing) => outgoing.write('first'))
  viewer.send(request('POST', door, 'Transfer-Encoding: chunked\r\n'))
  viewer.send('1\r\na\r\n')
  await viewer.until((received) => received.includes('first'))
  viewer.send('nonsense\r\n')
  expect(await viewer.until(() => false)).toBe(true)
  expect(viewer.received()).not.toContain('Refused')
})

test('a body that breaks before it is answered is refused, and the origin is told', async () => {
  const told = Promise.withResolvers<boolean>()
  const { viewer, door } = await viewerBefore((incoming) => {
    incoming.on('error', () => undefined)
    incoming.on('data', () => viewer.send('nonsense\r\n'))
    incoming.on('close', () => told.resolve(incoming.complete))
  })
  viewer.send(`${request('POST', door, 'Transfer-Encoding: chunked\r\n')}1\r\na\r\n`)
  expect(await told.promise).toBe(false)
  await viewer.until(() => false)
  expect(viewer.received()).toMatch(/^HTTP\/1\.1 400 /)
})

test('of two requests sent at once the second begins when the first is answered', async () => {
  const order: string[] = []
  const { viewer, door } = await viewerBefore((incoming, outgoing) => {
    order.push(`${incoming.method} begins`)
    setImmediate(() => {
      order.push(`${incoming.method} ends`)
      outgoing.end(incoming.method)
    })
  })
  viewer.send(request('DELETE', door) + request('GET', door, 'Connection: close\r\n'))
  await viewer.until(() => false)
  expect(order).toEqual(['DELETE begins', 'DELETE ends', 'GET begins', 'GET ends'])
  expect(readAnswers(viewer.received(), [], true).answers.map(({ body }) => body)).toEqual(['DELETE', 'GET'])
})

test('nothing is done of what stands behind a request that ended its connection', async () => {
  const asked: unknown[] = []
  const { viewer, door } = await viewerBefore((incoming, outgoing) => {
    asked.push(incoming.method)
    outgoing.end()
  })
  viewer.send(`${request('GET', door, 'Content-Length: 1\r\n')}a${request('DELETE', door)}`)
  await viewer.until(() => false)
  expect(viewer.received().match(/HTTP\/1\.1 \d+/g)).toEqual(['HTTP/1.1 403'])
  expect(asked).toEqual([])
})
