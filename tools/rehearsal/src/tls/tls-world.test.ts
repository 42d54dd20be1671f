import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { createServer as createHttpServer, type Server } from 'node:http'
import { Agent, request } from 'node:https'
import { type AddressInfo, createServer, type Server as NetServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { connect } from 'node:tls'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Listening } from '../loopback.ts'
import { type CertificateAuthority, keptAuthority } from './certificate-authority.ts'
import { toPort, toServer } from './destinations.ts'
import { startTlsWorld } from './tls-world.ts'

const dataDir = mkdtempSync(join(tmpdir(), 'sax-authority-'))
const nowMs = () => Date.now()
const errors: unknown[] = []
let hasLeft = true
let authority: CertificateAuthority
let world: Listening
let web: Server
let echo: NetServer
beforeAll(async () => {
  authority = await keptAuthority(dataDir, nowMs)
  web = createHttpServer((incoming, outgoing) => {
    let body = ''
    incoming.on('data', (chunk) => {
      body += chunk
    })
    incoming.on('end', () => {
      const text = `${incoming.headers.host} ${incoming.method} ${incoming.url} ${body}`
      // What answers at once shares a packet with the end of the handshake.
      if (incoming.url === '/later') setTimeout(() => outgoing.end(text), 5)
      else outgoing.end(text)
    })
  })
  echo = createServer((socket) => socket.pipe(socket))
  await new Promise<void>((resolve) => echo.listen(0, '127.0.0.1', resolve))
  const { port } = echo.address() as AddressInfo
  world = await startTlsWorld({
    authority,
    whereTo: async (name) =>
      name === 'site.example' || (name === 'leaving.example' && !hasLeft)
        ? toServer(web)
        : name === 'echo.example'
          ? toPort(port)
          : undefined,
    onError: (error) => void errors.push(error),
  })
})
afterAll(async () => {
  await world.close()
  web.close()
  echo.close()
  rmSync(dataDir, { recursive: true })
})

interface Asked {
  readonly host?: string
  readonly path?: string
  readonly ca?: string
  readonly body?: string
}

function ask(servername: string, { host = servername, path = '/', ca = authority.pem, body }: Asked = {}) {
  return new Promise<{ status: number | undefined; text: string }>((resolve, reject) => {
    const asked = request(
      {
        host: '127.0.0.1',
        port: world.port,
        servername,
        path,
        ca,
        agent: false,
        headers: { host },
        method: body ? 'POST' : 'GET',
      },
      (answer) => {
        let text = ''
        answer.setEncoding('utf8').on('data', (chunk) => {
          text += chunk
        })
        answer.on('end', () => resolve({ status: answer.statusCode, text }))
      },
    )
    asked.on('error', reject)
    asked.end(body)
  })
}

test('a name that leads somewhere is answered over a certificate of its own, first request included', async () => {
  expect(await ask('site.example', { path: '/a?b' })).toEqual({ status: 200, text: 'site.example GET /a?b ' })
  const body = 'x'.repeat(300_000)
  expect((await ask('site.example', { body })).text).toBe(`site.example POST / ${body}`)
})

test('D11: a name that leads nowhere gets no certificate', async () => {
  await expect(ask('nobody.example')).rejects.toThrow(/handshake failure/i)
  expect(errors).toEqual([])
})

test('D11: a name that led somewhere gets no certificate once it leads nowhere, whatever was agreed before', async () => {
  const agent = new Agent({ host: '127.0.0.1', port: world.port, ca: authority.pem, maxCachedSessions: 10 })
  const visit = () =>
    new Promise<number | undefined>((resolve, reject) => {
      const options = { agent, servername: 'leaving.example', headers: { host: 'leaving.example' } }
      request('https://leaving.example/', options, (answer) => {
        answer.resume().on('end', () => resolve(answer.statusCode))
      })
        .on('error', reject)
        .end()
    })
  hasLeft = false
  expect(await visit()).toBe(200)
  expect(await visit()).toBe(200)
  hasLeft = true
  await expect(visit()).rejects.toThrow(/handshake failure/i)
  agent.destroy()
})

test('who does not trust the authority is not answered', async () => {
  await expect(ask('site.example', { ca: '' })).rejects.toMatchObject({ code: 'SELF_SIGNED_CERT_IN_CHAIN' })
})

test('a request for another host than the connection’s is misdirected', async () => {
  expect((await ask('site.example', { host: 'echo.example' })).status).toBe(421)
})

test('a host may carry the port it is reached by', async () => {
  expect((await ask('site.example', { host: `site.example:${world.port}` })).status).toBe(200)
})

test('what a connection becomes passes untouched, both ways', async () => {
  const socket = connect({ port: world.port, host: '127.0.0.1', servername: 'echo.example', ca: authority.pem })
  const head = 'GET / HTTP/1.1\r\nHost: echo.example\r\nUpgrade: websocket\r\n\r\n'
  socket.write(head)
  const answer = await new Promise<string>((resolve) => {
    let text = ''
    socket.on('data', (chunk) => {
      text += chunk
      if (text === head) socket.write('then anything')
      if (text.endsWith('anything')) resolve(text)
    })
  })
  socket.destroy()
  expect(answer).toBe(`${head}then anything`)
})

test('the authority is kept from one start to the next, its key readable by the owner only', async () => {
  expect((await keptAuthority(dataDir, nowMs)).pem).toBe(authority.pem)
  expect(statSync(join(dataDir, 'authority.json')).mode & 0o777).toBe(0o600)
})

test('one that ends within a day is replaced', async () => {
  const inThirtyDays = () => Date.now() + 29.5 * 86_400_000
  expect((await keptAuthority(dataDir, inThirtyDays)).pem).not.toBe(authority.pem)
})

test('an answer on a new connection does not wait until what came before it is acknowledged', async () => {
  const waitedMs: number[] = []
  for (let time = 0; time < 5; time += 1) {
    // A connection that is closed after the answer waits for nothing.
    const agent = new Agent({ keepAlive: true })
    const options = { agent, ca: authority.pem, path: '/later', headers: { host: 'site.example' } }
    waitedMs.push(
      await new Promise<number>((resolve, reject) => {
        let securedMs = Number.NaN
        const asked = request(
          { host: '127.0.0.1', port: world.port, servername: 'site.example', ...options },
          (answer) => void answer.resume().once('end', () => resolve(performance.now() - securedMs)),
        )
        asked.once('socket', (socket) => {
          socket.once('secureConnect', () => {
            securedMs = performance.now()
          })
        })
        asked.once('error', reject).end()
      }),
    )
    agent.destroy()
  }
  // Linux puts an acknowledgement off for 40 ms at the least. The machine may be busy, but not every time.
  expect(Math.min(...waitedMs)).toBeLessThan(35)
})
