import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { undiciBackend } from './undici-backend.ts'

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

function backend(options = {}) {
  const made = undiciBackend(options)
  cleanups.push(made.close)
  return made.send
}

test('status, headers and body come back as the backend gave them', async () => {
  const url = await server((_request, response) =>
    response.writeHead(409, { 'content-type': 'application/json' }).end('{"a":1}'),
  )
  const answer = await backend()({ method: 'GET', url, headers: {} })
  if (answer.kind !== 'answered') throw new Error('expected an answer')
  expect(answer.status).toBe(409)
  expect(answer.headers.get('content-type')).toBe('application/json')
  expect(new TextDecoder().decode(answer.body)).toBe('{"a":1}')
})

test('a refused connection is 502', async () => {
  expect(await backend()({ method: 'GET', url: 'http://127.0.0.1:9', headers: {} })).toEqual({
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
  expect(await backend()({ method: 'GET', url, headers: {} })).toEqual({ kind: 'unreachable', status: 502 })
})

test('a backend that never answers is 504 after the timeout', async () => {
  const url = await server(() => undefined)
  expect(await backend({ timeoutMs: 50 })({ method: 'GET', url, headers: {} })).toEqual({
    kind: 'unreachable',
    status: 504,
  })
})
