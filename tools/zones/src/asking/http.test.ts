import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { createServer as createSecureServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import type { TLSSocket } from 'node:tls'
import { afterEach, expect, test } from 'vitest'
import { createAuthority, listening } from '../../test/tls/authority.ts'
import { createWireClient } from './http.ts'
import { createWorld } from './world.ts'

const ends: (() => void)[] = []
afterEach(() => {
  for (const end of ends.splice(0)) end()
})

async function against(answer: (request: IncomingMessage, response: ServerResponse) => void) {
  const server = createServer(answer)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const client = createWireClient(
    () => 'made-request-id',
    () => 0,
  )
  ends.push(client.close, () => server.close())
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return { base, send: client.send }
}

const get = { method: 'GET', headers: {} }

test('R10: a path goes out byte for byte', async () => {
  const { base, send } = await against((request, response) => response.end(request.url))
  for (const path of ['/a/../b', '//a', '/a/./b', '/%2e%2e/%74', '/a\\b', '/a?b=%', '/a//?']) {
    expect((await send({ ...get, base, path })).body).toBe(path)
  }
})

test('a body goes out with its hash, without which a function behind its distribution refuses it', async () => {
  const { base, send } = await against((request, response) =>
    response.end(`${request.headers['x-amz-content-sha256']} ${request.headers['content-length']}`),
  )
  const answer = await send({ base, path: '/', method: 'POST', headers: {}, body: '' })
  // SHA-256 of nothing.
  expect(answer.body).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855 0')
})

test('a request says what it comes from, for a firewall blocks one that does not, and a question may say otherwise', async () => {
  const { base, send } = await against((request, response) => response.end(request.headers['user-agent']))
  expect((await send({ ...get, base, path: '/' })).body).toBe('sleepconnect-zones')
  expect((await send({ ...get, base, path: '/', headers: { 'user-agent': 'other' } })).body).toBe('other')
})

test('Host can be another than the one that is connected to', async () => {
  const { base, send } = await against((request, response) => response.end(request.headers.host))
  expect((await send({ ...get, base, path: '/', headers: { host: 'other.test' } })).body).toBe('other.test')
  expect((await send({ ...get, base, path: '/' })).body).toBe(new URL(base).host)
})

test('a request id is made unless one is given, and the answer says which it was', async () => {
  const { base, send } = await against((request, response) => response.end(request.headers['x-request-id']))
  expect(await send({ ...get, base, path: '/' })).toMatchObject({
    body: 'made-request-id',
    requestId: 'made-request-id',
  })
  const given = await send({ ...get, base, path: '/', headers: { 'x-request-id': 'given-request-id' } })
  expect(given).toMatchObject({ body: 'given-request-id', requestId: 'given-request-id' })
})

test('a redirect is an answer, not a way to go', async () => {
  const { base, send } = await against((_, response) => response.writeHead(302, { location: '/elsewhere' }).end())
  expect(await send({ ...get, base, path: '/' })).toMatchObject({ status: 302, headers: { location: '/elsewhere' } })
})

test('a body and several cookies arrive whole', async () => {
  const { base, send } = await against((request, response) => {
    response.setHeader('set-cookie', ['a=1', 'b=2'])
    request.pipe(response)
  })
  const answer = await send({ ...get, base, path: '/', method: 'POST', body: '{"ü":1}' })
  expect(answer).toMatchObject({ status: 200, body: '{"ü":1}', bodyBytes: 8, headers: { 'set-cookie': 'a=1, b=2' } })
})

test('a server that hangs up has given no answer', async () => {
  const { base, send } = await against((request) => request.socket.destroy())
  expect((await send({ ...get, base, path: '/' })).status).toBe(0)
})

test('a server that is not there is an error, not an answer', async () => {
  const { base, send } = await against((_, response) => response.end())
  ends.splice(0).forEach((end) => {
    end()
  })
  await expect(send({ ...get, base, path: '/' })).rejects.toMatchObject({ code: 'ECONNREFUSED' })
})

test('https goes the way of the world: SNI is the name that is asked, also under a foreign Host', async () => {
  const authority = await createAuthority()
  const server = createSecureServer(await authority.identity(['dev.mydreamconnect.com']), (request, response) =>
    response.end(`${request.headers.host} ${(request.socket as TLSSocket & { servername?: string }).servername}`),
  )
  const connectTo = `127.0.0.1:${await listening(server)}`
  const client = createWireClient(
    () => 'made-request-id',
    () => 0,
    createWorld({ connectTo, trustedPem: authority.pem }),
  )
  ends.push(client.close, () => server.close())
  const base = 'https://dev.mydreamconnect.com'
  expect(await client.send({ ...get, base, path: '/' })).toMatchObject({
    body: 'dev.mydreamconnect.com dev.mydreamconnect.com',
  })
  const foreign = { ...get, base, path: '/', headers: { host: 'other.test' } }
  expect(await client.send(foreign)).toMatchObject({ body: 'other.test dev.mydreamconnect.com' })
})
