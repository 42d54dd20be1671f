import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { httpBackend } from './http-backend.ts'

const cleanups: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const clean of cleanups.splice(0)) await clean()
})

async function server(listener: RequestListener): Promise<string> {
  const listening = createServer(listener)
  await new Promise<void>((resolve) => listening.listen(0, '127.0.0.1', resolve))
  cleanups.push(async () => {
    listening.closeAllConnections()
    await new Promise((resolve) => listening.close(resolve))
  })
  return `http://127.0.0.1:${(listening.address() as AddressInfo).port}`
}

test('status, headers and body come back as the backend gave them', async () => {
  const url = await server((_request, response) =>
    response.writeHead(409, { 'content-type': 'application/json' }).end('{"a":1}'),
  )
  const answer = await httpBackend()({ method: 'GET', url, headers: {} })
  if (answer.kind !== 'answered') throw new Error('expected an answer')
  expect(answer.status).toBe(409)
  expect(answer.headers.get('content-type')).toBe('application/json')
  expect(new TextDecoder().decode(answer.body)).toBe('{"a":1}')
})

test('a refused connection is 502', async () => {
  expect(await httpBackend()({ method: 'GET', url: 'http://127.0.0.1:9', headers: {} })).toEqual({
    kind: 'unreachable',
    status: 502,
  })
})

test('a connection reset in mid-answer is 502', async () => {
  const url = await server((_request, response) => {
    response.writeHead(200, { 'content-length': '10' })
    response.write('half')
    setImmediate(() => response.destroy())
  })
  expect(await httpBackend()({ method: 'GET', url, headers: {} })).toEqual({ kind: 'unreachable', status: 502 })
})

test('a backend that never answers is 504 after the timeout', async () => {
  const url = await server(() => undefined)
  expect(await httpBackend({ timeoutMs: 50 })({ method: 'GET', url, headers: {} })).toEqual({
    kind: 'unreachable',
    status: 504,
  })
})

test('a redirect is an answer like any other', async () => {
  const url = await server((_request, response) => response.writeHead(302, { location: '/elsewhere' }).end())
  expect(await httpBackend()({ method: 'GET', url, headers: {} })).toMatchObject({ kind: 'answered', status: 302 })
})

test('what is sent arrives, and nothing is asked to be compressed', async () => {
  const url = await server(async (request, response) => {
    const { method, headers } = request
    const body = Buffer.concat(await request.toArray()).toString()
    response.end(JSON.stringify([method, headers['content-type'], headers['accept-encoding'] ?? 'identity', body]))
  })
  const headers = { 'content-type': 'application/json' }
  const answer = await httpBackend()({ method: 'PATCH', url, headers, body: Buffer.from('{}') })
  if (answer.kind !== 'answered') throw new Error('expected an answer')
  expect(JSON.parse(new TextDecoder().decode(answer.body))).toEqual(['PATCH', 'application/json', 'identity', '{}'])
})

test('a request that cannot be written is a fault of ours, not the backend’s', async () => {
  const sent = httpBackend()({ method: 'GET', url: 'http://127.0.0.1:9', headers: { accept: 'a\nb' } })
  await expect(sent).rejects.toMatchObject({ code: 'ERR_INVALID_CHAR' })
})
