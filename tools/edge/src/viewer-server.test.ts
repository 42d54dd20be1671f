import { createHash } from 'node:crypto'
import { request } from 'node:http'
import { afterEach, expect, test } from 'vitest'
import { closeAll, type FrontDoor, hashOf, seen, startFrontDoor, startOrigin } from '../test/front-door.ts'

afterEach(closeAll)

async function doorWithEcho(): Promise<FrontDoor> {
  const origin = await startOrigin((incoming, outgoing) => outgoing.end(JSON.stringify(seen(incoming))))
  return startFrontDoor({
    'sleepconnect-pages': origin,
    'outreach-pages': origin,
    'outreach-api-routes': origin,
    'outreach-assets': origin,
  })
}

/** Whoever does not say it is refused by the firewall before anything else. */
const AGENT = 'User-Agent: test\r\n'

const statusLine = (answer: string) => answer.split('\r\n')[0]
const get = (door: FrontDoor, target: string, extra = '') =>
  door.raw(`GET ${target} HTTP/1.1\r\nHost: localhost:${door.hostPort}\r\n${AGENT}Connection: close\r\n${extra}\r\n`)

test.each<[what: string, target: string, status: number]>([
  ['an encoded letter', '/outreach/api/outreach/%74emplates', 400],
  ['a double slash', '//outreach', 400],
  ['a dot segment', '/outreach/../outreach/api', 400],
  ['encoded dots', '/outreach/%2e%2e/api', 400],
  ['a backslash', '/outreach\\..\\api', 400],
  ['another case', '/OUTREACH/templates', 404],
  ['an absolute target', 'http://localhost/outreach', 400],
  ['a 9 kB URL', `/outreach?${'q'.repeat(9000)}`, 413],
  ['a plain path', '/outreach/templates?q=x', 200],
])('%s over a socket is answered (%s, %i)', async (_what, target, status) => {
  expect(statusLine(await get(await doorWithEcho(), target))).toContain(` ${status} `)
})

test.each<[what: string, bytes: number]>([
  ['21 kB', 21_000],
  ['70 kB', 70_000],
  ['1 MB', 1_000_000],
])('%s of headers get 413, no reset and no 500', async (_what, bytes) => {
  const answer = await get(await doorWithEcho(), '/outreach', `x-big: ${'b'.repeat(bytes)}\r\n`)
  expect(statusLine(answer)).toContain(' 413 ')
})

test.each<[what: string, head: string]>([
  ['both Content-Length and Transfer-Encoding', 'Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n'],
  ['two Content-Lengths', 'Content-Length: 5\r\nContent-Length: 6\r\n\r\nabcdef'],
  ['a signed Content-Length', 'Content-Length: +5\r\n\r\nabcde'],
  ['an unknown Transfer-Encoding', 'Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n'],
  ['a folded header', 'X-A: b\r\n c\r\n\r\n'],
  ['a space before the colon', 'X-A : b\r\n\r\n'],
  ['a second Host', 'Host: evil.example\r\nContent-Length: 0\r\n\r\n'],
])('a request with %s has two readings: 400', async (_what, head) => {
  const door = await doorWithEcho()
  const answer = await door.raw(
    `POST /outreach/api/outreach/templates HTTP/1.1\r\nHost: localhost:${door.hostPort}\r\n${AGENT}${head}`,
  )
  expect(statusLine(answer)).toContain(' 400 ')
})

test.each<[request: string, status: number]>([
  ['TRACE / HTTP/1.1', 403],
  ['TRACK / HTTP/1.1', 400],
  ['CONNECT evil.example:443 HTTP/1.1', 403],
  ['PROPFIND / HTTP/1.1', 403],
  ['get / HTTP/1.1', 400],
])('%s is refused with %i', async (line, status) => {
  const door = await doorWithEcho()
  const answer = await door.raw(`${line}\r\nHost: localhost:${door.hostPort}\r\n${AGENT}Connection: close\r\n\r\n`)
  expect(statusLine(answer)).toContain(` ${status} `)
})

test('a foreign host name is refused, also on the right port', async () => {
  const door = await doorWithEcho()
  const answer = await door.raw('GET / HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n')
  expect(statusLine(answer)).toContain(' 403 ')
})

test('a GET with a body is refused and its body is not taken for a second request', async () => {
  const door = await doorWithEcho()
  const smuggled = `GET /outreach/admin HTTP/1.1\r\nHost: localhost:${door.hostPort}\r\n\r\n`
  const answer = await get(door, '/outreach', `Content-Length: ${smuggled.length}\r\n\r\n${smuggled}`)
  expect(answer.match(/HTTP\/1\.1 \d+/g)).toEqual(['HTTP/1.1 403'])
})

test('a DELETE with a body arrives as one request, body and all', async () => {
  const arrived: string[] = []
  const origin = await startOrigin((incoming, outgoing) => {
    let body = ''
    incoming.on('data', (chunk) => {
      body += chunk
    })
    incoming.on('end', () => {
      arrived.push(`${incoming.method} ${incoming.url} ${body}`)
      outgoing.end('ok')
    })
  })
  const door = await startFrontDoor({ 'outreach-api-routes': origin })
  const body = 'GET /outreach/admin HTTP/1.1\r\nx-tenant-id: 1\r\n\r\n'
  const response = await fetch(`${door.url}/outreach/api/outreach/templates/1`, {
    method: 'DELETE',
    body,
    headers: hashOf(body),
  })
  expect(response.status).toBe(200)
  expect(arrived).toEqual([`DELETE /outreach/api/outreach/templates/1 ${body}`])
})

test('five megabytes travel both ways unharmed', async () => {
  const origin = await startOrigin((incoming, outgoing) => incoming.pipe(outgoing))
  const door = await startFrontDoor({ 'outreach-api-routes': origin })
  const sent = Buffer.alloc(5_000_000, 'outreach')
  const response = await fetch(`${door.url}/outreach/api/outreach/x`, {
    method: 'POST',
    body: sent,
    headers: hashOf(sent),
  })
  const received = Buffer.from(await response.arrayBuffer())
  const digest = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex')
  expect(digest(received)).toBe(digest(sent))
})

test('an answer is passed on as it is produced', async () => {
  let finish = () => undefined as unknown
  const origin = await startOrigin((_incoming, outgoing) => {
    outgoing.write('first')
    finish = () => outgoing.end('last')
  })
  const door = await startFrontDoor({ 'outreach-pages': origin })
  const response = await fetch(`${door.url}/outreach`)
  const reader = response.body?.getReader()
  expect(Buffer.from((await reader?.read())?.value ?? []).toString()).toBe('first')
  finish()
  expect(Buffer.from((await reader?.read())?.value ?? []).toString()).toBe('last')
})

test('when the viewer goes away, the origin is told', async () => {
  const told = Promise.withResolvers<string>()
  const reached = Promise.withResolvers<void>()
  const origin = await startOrigin((_incoming, outgoing) => {
    outgoing.on('close', () => told.resolve(outgoing.writableFinished ? 'finished' : 'aborted'))
    reached.resolve()
  })
  const door = await startFrontDoor({ 'outreach-pages': origin })
  const asked = request(`${door.url}/outreach`, { headers: { 'user-agent': 'test' } })
  asked.on('error', () => undefined)
  asked.end()
  await reached.promise
  asked.destroy()
  expect(await told.promise).toBe('aborted')
})

test('an origin that dies in the middle of an answer ends the answer, so that nobody takes a part for the whole', async () => {
  const origin = await startOrigin((_incoming, outgoing) => {
    outgoing.write('half')
    setImmediate(() => outgoing.destroy())
  })
  const door = await startFrontDoor({ 'outreach-pages': origin })
  const response = await fetch(`${door.url}/outreach`)
  await expect(response.text()).rejects.toThrow()
})

test('an origin that closed a kept connection is asked again; a write is not', async () => {
  let calls = 0
  const origin = await startOrigin((incoming, outgoing) => {
    calls += 1
    if (calls % 2 === 1) incoming.socket.destroy()
    else outgoing.end('second time')
  })
  const door = await startFrontDoor({ 'outreach-api-routes': origin })
  const url = `${door.url}/outreach/api/outreach/templates`
  expect(await (await fetch(url)).text()).toBe('second time')
  for (const body of ['{}', null]) {
    calls = 0
    expect((await fetch(url, { method: 'POST', body, headers: hashOf(body ?? '') })).status).toBe(502)
    expect(calls).toBe(1)
  }
})

test.each<[what: string, bytes: number, headers: (body: Buffer) => Record<string, string>, status: number]>([
  ['C3: too large for a function', 20_000_000, hashOf, 413],
  ['without its hash', 1_000_000, () => ({}), 403],
])('a body %s is answered, not cut off', async (_what, bytes, headers, status) => {
  const origin = await startOrigin((_incoming, outgoing) => outgoing.end('reached'))
  const door = await startFrontDoor({ 'outreach-api-routes': origin })
  const body = Buffer.alloc(bytes)
  const url = `${door.url}/outreach/api/outreach/x`
  for (const _attempt of [1, 2, 3]) {
    expect((await fetch(url, { method: 'POST', body, headers: headers(body) })).status).toBe(status)
  }
})

test('a body for an address that takes none is answered, not cut off', async () => {
  const door = await doorWithEcho()
  const body = Buffer.alloc(5_000_000)
  for (const _attempt of [1, 2, 3]) {
    expect((await fetch(`${door.url}/outreach`, { method: 'POST', body })).status).toBe(403)
  }
})
