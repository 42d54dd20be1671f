import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { httpRequest } from './http-request.ts'

const servers: Server[] = []
afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  }
})

async function listening(listener: RequestListener): Promise<{ readonly url: string; readonly server: Server }> {
  const server = createServer(listener)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  servers.push(server)
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, server }
}

const patience = () => AbortSignal.timeout(5_000)
const get = { method: 'GET', headers: {} }

test('status, headers and body come back, and what was sent has arrived', async () => {
  const { url } = await listening(async (request, response) => {
    const body = Buffer.concat(await request.toArray()).toString()
    response.writeHead(409, { 'X-Given': 'é' === body ? 'yes' : 'no', 'set-cookie': ['a=1', 'b=2'] })
    response.end(`${request.method} ${request.headers['x-own']} ${body}`)
  })
  const answer = await httpRequest(url, { method: 'POST', headers: { 'x-own': '1' }, body: 'é', signal: patience() })
  expect(answer.status).toBe(409)
  expect([answer.headers.get('x-given'), answer.headers.has('set-cookie')]).toEqual(['yes', false])
  expect(await answer.text()).toBe('POST 1 é')
  expect(new TextDecoder().decode(answer.body)).toBe('POST 1 é')
})

/** Answers on a connection once, and ends it without a word when it is asked a second time there. */
async function forgetful() {
  const seen = new WeakSet<object>()
  const asked: string[] = []
  const { url } = await listening((request, response) => {
    asked.push(`${request.method} ${seen.has(request.socket) ? 'kept' : 'new'}`)
    if (seen.has(request.socket)) request.socket.destroy()
    else response.end('here')
    seen.add(request.socket)
  })
  return { url, asked }
}

test.each(['GET', 'PUT', 'DELETE'])('%s is asked once more where a kept connection was closed', async (method) => {
  const { url, asked } = await forgetful()
  await httpRequest(url, { ...get, signal: patience() })
  const answer = await httpRequest(url, { ...get, method, signal: patience() })
  expect(await answer.text()).toBe('here')
  expect(asked).toEqual(['GET new', `${method} kept`, `${method} new`])
})

test('what may have been done already is not sent a second time', async () => {
  const { url, asked } = await forgetful()
  await httpRequest(url, { ...get, signal: patience() })
  const sent = httpRequest(url, { ...get, method: 'POST', body: '{}', signal: patience() })
  await expect(sent).rejects.toMatchObject({ code: 'ECONNRESET' })
  expect(asked).toEqual(['GET new', 'POST kept'])
})

test('a new connection that is closed is not tried again', async () => {
  let asked = 0
  const { url } = await listening((request) => {
    asked += 1
    request.socket.destroy()
  })
  await expect(httpRequest(url, { ...get, signal: patience() })).rejects.toMatchObject({ code: 'ECONNRESET' })
  expect(asked).toBe(1)
})

test('an answer that breaks off is no answer', async () => {
  const { url } = await listening((_request, response) => {
    response.writeHead(200, { 'content-length': '10' })
    response.write('half')
    setImmediate(() => response.destroy())
  })
  await expect(httpRequest(url, { ...get, signal: patience() })).rejects.toMatchObject({ code: 'ECONNRESET' })
})

test('nobody there is an error with its code', async () => {
  const { url, server } = await listening(() => undefined)
  await new Promise((resolve) => server.close(resolve))
  await expect(httpRequest(url, { ...get, signal: patience() })).rejects.toMatchObject({ code: 'ECONNREFUSED' })
})

test.each(['no answer', 'half an answer'])('%s is waited for no longer than the caller does', async (kind) => {
  const { url } = await listening((_request, response) => {
    if (kind !== 'no answer') response.write('half')
  })
  await expect(httpRequest(url, { ...get, signal: AbortSignal.timeout(50) })).rejects.toMatchObject({
    name: 'TimeoutError',
  })
})
