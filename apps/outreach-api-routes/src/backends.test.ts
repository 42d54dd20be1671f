import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, test } from 'vitest'
import type { Backend } from './backend.ts'
import { fetchBackend } from './fetch-backend.ts'
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

const made: Readonly<Record<string, (options?: { timeoutMs?: number }) => Backend>> = {
  undici: (options) => {
    const { send, close } = undiciBackend(options)
    cleanups.push(close)
    return send
  },
  fetch: (options) => fetchBackend({ fetch, ...options }),
}

describe.each(Object.entries(made))('over %s', (_, backend) => {
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

  test('a redirect is an answer like any other', async () => {
    const url = await server((_request, response) => response.writeHead(302, { location: '/elsewhere' }).end())
    expect(await backend()({ method: 'GET', url, headers: {} })).toMatchObject({ kind: 'answered', status: 302 })
  })

  test('what is sent arrives, and nothing is asked to be compressed', async () => {
    const url = await server(async (request, response) => {
      const { method, headers } = request
      const body = Buffer.concat(await request.toArray()).toString()
      response.end(JSON.stringify([method, headers['content-type'], headers['accept-encoding'] ?? 'identity', body]))
    })
    const headers = { 'content-type': 'application/json' }
    const answer = await backend()({ method: 'PATCH', url, headers, body: Buffer.from('{}') })
    if (answer.kind !== 'answered') throw new Error('expected an answer')
    expect(JSON.parse(new TextDecoder().decode(answer.body))).toEqual(['PATCH', 'application/json', 'identity', '{}'])
  })
})
