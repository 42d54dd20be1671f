import { createServer, type Server, type Socket } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { createOriginFetcher, DEFAULT_PATIENCE, type OriginPatience } from './fetch-origin.ts'
import { OriginError, type OriginFetcher, type OriginRequest } from './origins/origin.ts'

const opened: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const close of opened.splice(0).reverse()) await close()
})

/** A server that does with each connection, counted from 1, what it is told. */
async function server(handle: (socket: Socket, connection: number) => void): Promise<URL> {
  const sockets = new Set<Socket>()
  let connections = 0
  const listening: Server = createServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => undefined)
    connections += 1
    handle(socket, connections)
  })
  await new Promise<void>((resolve) => listening.listen(0, '127.0.0.1', resolve))
  opened.push(
    () =>
      new Promise((resolve) => {
        listening.close(resolve)
        for (const socket of sockets) socket.destroy()
      }),
  )
  const address = listening.address()
  return new URL(`http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`)
}

function fetcher(url: URL, patience: Partial<OriginPatience> = {}): OriginFetcher {
  const made = createOriginFetcher(url, { ...DEFAULT_PATIENCE, responseTimeoutSec: 0.1, ...patience })
  opened.push(async () => made.close?.())
  return made
}

const request = (method: string, body: string | null = null): OriginRequest => ({
  target: '/a',
  method,
  headers: new Headers({ host: 'origin.example' }),
  body: body === null ? null : new Blob([body]).stream(),
  signal: new AbortController().signal,
  signedBy: undefined,
})

const outcome = (asked: Promise<Response>) =>
  asked.then(
    (response) => response.status,
    (error: unknown) => (error instanceof OriginError ? error.code : String(error)),
  )

const OK = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok'
const answering = (bytes: string) => (socket: Socket) => void socket.on('data', () => socket.write(bytes))

test.each<[what: string, handle: (socket: Socket) => void, code: string | number]>([
  ['answers', answering(OK), 200],
  ['says nothing', () => undefined, 'origin_silent'],
  ['starts a head and stops', answering('HTTP/1.1 200 OK\r\nContent-'), 'origin_silent'],
  ['ends at once', (socket) => void socket.end(), 'origin_down'],
  ['resets', (socket) => void socket.resetAndDestroy(), 'origin_down'],
  ['talks no HTTP', answering('SSH-2.0-OpenSSH_9.6\r\n'), 'origin_down'],
  ['has two lengths', answering('HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\nok'), 'origin_down'],
  ['has 21 kB of headers', answering(`HTTP/1.1 200 OK\r\nX-A: ${'a'.repeat(21_000)}\r\n\r\n`), 'origin_down'],
  ['says 99', answering('HTTP/1.1 099 What\r\nContent-Length: 0\r\n\r\n'), 'origin_down'],
])('an origin that %s', async (_what, handle, code) => {
  expect(await outcome(fetcher(await server(handle), { connectionAttempts: 1 })(request('GET')))).toBe(code)
})

test('nobody at the address, or no such name, is an origin that is down', async () => {
  expect(await outcome(fetcher(new URL('http://127.0.0.1:9'))(request('GET')))).toBe('origin_down')
  expect(await outcome(fetcher(new URL('http://no-such-name.invalid'))(request('GET')))).toBe('origin_down')
})

test('502 and 504 are told apart', () => {
  expect([new OriginError('origin_down').status, new OriginError('origin_silent').status]).toEqual([502, 504])
})

test.each<[method: string, body: string | null, connections: number, code: string | number]>([
  ['GET', null, 3, 200],
  ['HEAD', null, 3, 200],
  ['POST', '{}', 1, 'origin_down'],
  ['POST', null, 1, 'origin_down'],
  ['DELETE', null, 1, 'origin_down'],
  ['OPTIONS', null, 1, 'origin_down'],
])('%s (body %s) is tried %i times before it is %s', async (method, body, connections, code) => {
  let made = 0
  const url = await server((socket, connection) => {
    made = connection
    socket.on('data', () => (connection < 3 ? socket.destroy() : socket.write(OK)))
  })
  expect([await outcome(fetcher(url)(request(method, body))), made]).toEqual([code, connections])
})

test('attempts end where the origin’s settings say', async () => {
  let made = 0
  const url = await server((_socket, connection) => {
    made = connection
  })
  expect(await outcome(fetcher(url, { connectionAttempts: 2 })(request('GET')))).toBe('origin_silent')
  expect(made).toBe(2)
})

test('the response timeout also holds between two packets of a body', async () => {
  const url = await server(answering('HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf'))
  const response = await fetcher(url)(request('GET'))
  await expect(response.text()).rejects.toThrow()
})

test('a whole answer, all attempts together, may take as long as the completion timeout says', async () => {
  const url = await server(() => undefined)
  const patience = { responseTimeoutSec: 60, responseCompletionTimeoutSec: 0.1 }
  expect(await outcome(fetcher(url, patience)(request('GET')))).toBe('origin_silent')
})

test('target and Host are sent to the letter', async () => {
  let head = ''
  const url = await server((socket) => {
    socket.on('data', (chunk) => {
      head += chunk.toString('latin1')
      socket.write(OK)
    })
  })
  await fetcher(url)({ ...request('GET'), target: '/a/../b//c?x=[1]&y=%zz' })
  expect(head).toMatch(/^GET \/a\/\.\.\/b\/\/c\?x=\[1\]&y=%zz HTTP\/1\.1\r\n/)
  expect(head).toMatch(/\r\nhost: origin\.example\r\n/i)
})
