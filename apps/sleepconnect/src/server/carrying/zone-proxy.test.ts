import { createHash, randomBytes } from 'node:crypto'
import http from 'node:http'
import https from 'node:https'
import net, { type AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import type { InternalEvent, InternalResult } from '@opennextjs/aws/types/open-next'
import { afterEach, expect, test } from 'vitest'
import { selfSigned } from '../../../test/self-signed.ts'
import { createZoneProxy } from './zone-proxy.ts'

const closing: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

async function listening(server: net.Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const open = new Set<net.Socket>()
  server.on('connection', (socket) => {
    open.add(socket)
    socket.once('close', () => open.delete(socket))
  })
  closing.push(async () => {
    for (const socket of open) socket.destroy()
    await new Promise((resolve) => server.close(resolve))
  })
  return (server.address() as AddressInfo).port
}

const zone = async (answer: http.RequestListener) => `http://127.0.0.1:${await listening(http.createServer(answer))}`

const failures: { readonly requestId: string; readonly code: string }[] = []
const carry = createZoneProxy({ timeoutMs: 300, failed: (facts) => failures.push(facts) })

function event(url: string, given: Partial<InternalEvent> = {}): InternalEvent {
  const { pathname } = new URL(url)
  return {
    type: 'core',
    method: 'GET',
    rawPath: pathname,
    url,
    headers: {},
    query: {},
    cookies: {},
    remoteAddress: '',
    ...given,
  }
}

const bodyOf = async ({ body }: InternalResult) => Buffer.from(await new Response(body as ReadableStream).arrayBuffer())

/** Answers with what arrived. */
const echo: http.RequestListener = async (request, response) => {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk)
  const { method, url, headers } = request
  const sha256 = createHash('sha256').update(Buffer.concat(chunks)).digest('hex')
  response.end(JSON.stringify({ method, url, headers, sha256 }))
}

test.each(['GET', 'OPTIONS', 'POST', 'PUT', 'PATCH', 'DELETE'])(
  '%s, path and query arrive as they came',
  async (method) => {
    const url = `${await zone(echo)}/outreach/templates?_rsc=&search=O%27Brien%20Jos%C3%A9`
    const arrived = JSON.parse((await bodyOf(await carry(event(url, { method })))).toString())
    expect([arrived.method, arrived.url]).toEqual([method, '/outreach/templates?_rsc=&search=O%27Brien%20Jos%C3%A9'])
  },
)

test('a megabyte of any bytes arrives whole, with its hash for origin access control', async () => {
  const body = randomBytes(1024 * 1024)
  const sha256 = createHash('sha256').update(body).digest('hex')
  const answer = await carry(event(await zone(echo), { method: 'PUT', body }))
  const arrived = JSON.parse((await bodyOf(answer)).toString())
  expect(arrived.sha256).toBe(sha256)
  expect(arrived.headers['x-amz-content-sha256']).toBe(sha256)
  expect(arrived.headers['content-length']).toBe('1048576')
})

test.each(['DELETE', 'OPTIONS', 'GET', 'POST'])(
  'a request hidden in the body of a %s stays in the body',
  async (method) => {
    const asked: string[] = []
    const url = await zone((request, response) => {
      asked.push(`${request.method} ${request.url}`)
      request.resume().once('end', () => response.end('ok'))
    })
    const hidden = Buffer.from('GET /smuggled HTTP/1.1\r\nhost: x\r\nx-sax-user-context: forged\r\n\r\n')
    await bodyOf(
      await carry(event(`${url}/one`, { method, body: hidden, headers: { 'transfer-encoding': 'chunked' } })),
    )
    await bodyOf(await carry(event(`${url}/two`)))
    expect(asked).toEqual([`${method} /one`, 'GET /two'])
  },
)

test('a header with a line break in it is not sent', async () => {
  const asked: string[] = []
  const url = await zone((request, response) => {
    asked.push(request.url ?? '')
    response.end()
  })
  const answer = await carry(event(url, { headers: { 'x-a': 'b\r\n\r\nGET /smuggled HTTP/1.1' } }))
  expect([answer.statusCode, asked]).toEqual([502, []])
})

test.each([200, 201, 202, 206, 301, 302, 303, 307, 308, 400, 401, 403, 404, 409, 413, 429, 500, 503])(
  'status %i comes back, and a redirect is left to the browser',
  async (status) => {
    const url = await zone((_request, response) => response.writeHead(status, { location: '/elsewhere' }).end('said'))
    const answer = await carry(event(url))
    expect([answer.statusCode, answer.headers.location, (await bodyOf(answer)).toString()]).toEqual([
      status,
      '/elsewhere',
      'said',
    ])
  },
)

test.each<[method: string, status: number]>([
  ['HEAD', 200],
  ['GET', 204],
  ['GET', 304],
])('%s answered %i ends without a body', async (method, status) => {
  const url = await zone((_request, response) => response.writeHead(status, { etag: '"a"' }).end())
  const answer = await carry(event(url, { method }))
  expect([answer.statusCode, answer.headers.etag, (await bodyOf(answer)).length]).toEqual([status, '"a"', 0])
})

test('cookies of the zone and of the host come back one by one, commas in dates included', async () => {
  const zones = ['a=1; Expires=Thu, 01 Jan 2026 00:00:00 GMT', 'b=2']
  const url = await zone((_request, response) => response.writeHead(200, { 'set-cookie': zones }).end())
  // As OpenNext hands on what the host's proxy wants set.
  const hosts = '__session=x; Path=/; Expires=Fri, 02 Jan 2026 00:00:00 GMT; HttpOnly,__session__0=; Max-Age=0'
  const answer = await carry(event(url, { headers: { 'set-cookie': hosts } }))
  expect(answer.headers['set-cookie']).toEqual([
    ...zones,
    '__session=x; Path=/; Expires=Fri, 02 Jan 2026 00:00:00 GMT; HttpOnly',
    '__session__0=; Max-Age=0',
  ])
})

test('an answer comes piece by piece', async () => {
  const gate = Promise.withResolvers<void>()
  const url = await zone(async (_request, response) => {
    response.write('first')
    await gate.promise
    response.end('second')
  })
  const reader = ((await carry(event(url))).body as ReadableStream<Uint8Array>).getReader()
  expect(Buffer.from((await reader.read()).value ?? []).toString()).toBe('first')
  gate.resolve()
  expect(Buffer.from((await reader.read()).value ?? []).toString()).toBe('second')
})

test('an answer that breaks off breaks off here as well', async () => {
  const url = await zone((_request, response) => {
    response.writeHead(200, { 'content-length': '100' })
    response.write('half')
    setImmediate(() => response.destroy())
  })
  await expect(bodyOf(await carry(event(url)))).rejects.toThrow()
})

test('C3: a body larger than may be carried is refused in words, and the zone is not asked', async () => {
  let asked = 0
  const url = await zone((_request, response) => {
    asked += 1
    response.end()
  })
  const body = Buffer.alloc(5 * 1024 * 1024 + 1)
  const answer = await carry(event(url, { method: 'POST', body, headers: { 'x-request-id': 'r-12345678' } }))
  expect([answer.statusCode, asked]).toEqual([413, 0])
  expect(JSON.parse((await bodyOf(answer)).toString())).toEqual({
    code: 'VALIDATION_ERROR',
    message: 'The request body is too large.',
    requestId: 'r-12345678',
  })
})

test('a zone that does not answer in time is 504, and asked no longer', async () => {
  const gone = Promise.withResolvers<void>()
  const url = await zone((request) => request.socket.once('close', () => gone.resolve()))
  const answer = await carry(event(url, { headers: { 'x-request-id': 'r-late-0001' } }))
  expect(answer.statusCode).toBe(504)
  expect(JSON.parse((await bodyOf(answer)).toString()).code).toBe('UPSTREAM_UNAVAILABLE')
  expect(failures.at(-1)).toEqual({ requestId: 'r-late-0001', code: 'timeout' })
  await gone.promise
})

test('a zone that stops in the middle is given up, too', async () => {
  const url = await zone((_request, response) => {
    response.write('half')
  })
  await expect(bodyOf(await carry(event(url)))).rejects.toThrow()
})

test('a zone that is not there is 502, and neither answer nor log names an address', async () => {
  const server = http.createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  const answer = await carry(event(`http://127.0.0.1:${port}/x`, { headers: { 'x-request-id': 'r-gone-0001' } }))
  const said = (await bodyOf(answer)).toString()
  expect(answer.statusCode).toBe(502)
  expect(said).not.toContain('127.0.0.1')
  expect(failures.at(-1)).toEqual({ requestId: 'r-gone-0001', code: 'ECONNREFUSED' })
})

test('a zone that speaks no HTTP is 502', async () => {
  const port = await listening(net.createServer((socket) => socket.end('SSH-2.0-x\r\n')))
  expect((await carry(event(`http://127.0.0.1:${port}/`))).statusCode).toBe(502)
})

test('a zone that wants to change the protocol is 502', async () => {
  const url = await zone((request, response) => {
    response.writeHead(101, { connection: 'upgrade', upgrade: 'x' }).end()
    request.resume()
  })
  expect((await carry(event(url))).statusCode).toBe(502)
})

test('a certificate that nobody trusts is 502, and one of a known authority is not', async () => {
  const { key, cert } = await selfSigned('127.0.0.1')
  const url = `https://127.0.0.1:${await listening(https.createServer({ key, cert }, (_request, response) => response.end('ok')))}`
  expect((await carry(event(url))).statusCode).toBe(502)
  expect(failures.at(-1)?.code).toBe('DEPTH_ZERO_SELF_SIGNED_CERT')
  const trusting = createZoneProxy({ timeoutMs: 2000, ca: cert, failed: () => undefined })
  expect((await bodyOf(await trusting(event(url)))).toString()).toBe('ok')
})

test('a certificate of another name is 502', async () => {
  const { key, cert } = await selfSigned('another.example')
  const url = `https://127.0.0.1:${await listening(https.createServer({ key, cert }, (_request, response) => response.end('ok')))}`
  const trusting = createZoneProxy({ timeoutMs: 2000, ca: cert, failed: (facts) => failures.push(facts) })
  expect((await trusting(event(url))).statusCode).toBe(502)
  expect(failures.at(-1)?.code).toBe('ERR_TLS_CERT_ALTNAME_INVALID')
})

test('a read on a connection that the zone has closed meanwhile is asked again; a write is never sent twice', async () => {
  const asked: string[] = []
  const server = http.createServer({ keepAliveTimeout: 60_000 }, (request, response) => {
    asked.push(request.method ?? '')
    response.end('ok')
  })
  let isClosing = false
  server.on('connection', (socket) => {
    socket.on('data', () => {
      // Bytes of a second request on a kept connection: it is reset under them.
      if (isClosing && socket.bytesRead > 0 && asked.length > 0 && socket.bytesWritten > 0) socket.resetAndDestroy()
    })
  })
  const url = `http://127.0.0.1:${await listening(server)}`
  await bodyOf(await carry(event(url)))
  isClosing = true
  await sleep(10)
  expect((await bodyOf(await carry(event(url)))).toString()).toBe('ok')
  const writes = asked.length
  expect((await bodyOf(await carry(event(url, { method: 'POST', body: Buffer.from('a') })))).toString()).toBe('ok')
  expect(asked.slice(writes)).toEqual(['POST'])
})
