import { createServer, type Server } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { functionsOf } from '../../../test/functions.ts'
import { type Cloud, startCloud } from '../../index.ts'

let cloud: Cloud
let fns: ReturnType<typeof functionsOf>
/** Bytes that arrived where HTTPS leads to. */
let heard = ''
const servers: Server[] = []

/** Answers the first bytes of each connection with a text, and ends it. */
async function listen(answer: (bytes: string) => string): Promise<number> {
  const server = createServer((socket) => {
    socket.once('data', (bytes) => socket.end(answer(bytes.toString('latin1'))))
    // Whoever is told no TLS hangs up.
    socket.on('error', () => undefined)
  })
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  return typeof address === 'object' && address !== null ? address.port : 0
}

let strange = 0
beforeAll(async () => {
  const tlsPort = await listen((bytes) => {
    heard = bytes
    return 'no TLS'
  })
  const port = await listen((bytes) => `database:${bytes}`)
  strange = await listen(() => 'stranger')
  const network = { tlsPort, postgres: [{ host: 'db.example.com', port }] }
  cloud = await startCloud({ accountId: '111122223333', functions: { network: () => network } })
  fns = functionsOf(cloud)
  await fns.role()
  await fns.create('world', code, { MemorySize: 1024 })
})
afterAll(async () => {
  await cloud.stop()
  for (const server of servers) server.close()
})

const code = `
import net from 'node:net'
import dns from 'node:dns/promises'
import dgram from 'node:dgram'
import https from 'node:https'

const said = (error) => [error.code ?? error.cause?.code, error.message, error.cause?.message].filter(Boolean).join(' | ')
const plain = (port, host) => new Promise((resolve) => {
  const socket = net.connect(port, host, () => socket.write('hello'))
  socket.on('data', (bytes) => resolve(bytes.toString())).on('error', (error) => resolve(said(error)))
})
const byHttps = (url) => new Promise((resolve) => {
  https.get(url, { agent: new https.Agent({ keepAlive: true }) }, (answer) => resolve(answer.statusCode)).on('error', (error) => resolve(said(error)))
})
const asked = async (url) => fetch(url).then((answer) => answer.status, said)
export const handler = async ({ how, url, port, host }) => {
  if (how === 'plain') return plain(port, host)
  if (how === 'https') return byHttps(url)
  if (how === 'lookup') return dns.lookup(host).then(({ address }) => address, said)
  if (how === 'datagram') { try { dgram.createSocket('udp4') } catch (error) { return said(error) } }
  return asked(url ?? process.env.AWS_ENDPOINT_URL)
}`

const ask = async (event: object) => (await fns.invoke('world', event)).value

test('HTTPS to any name leads to one port, which is told the name', async () => {
  await ask({ url: 'https://patients.example.com/a' })
  expect(heard).toContain('patients.example.com')
})

test('HTTPS goes there by whichever client of Node it is asked', async () => {
  await ask({ how: 'https', url: 'https://appointments.example.com/a' })
  expect(heard).toContain('appointments.example.com')
})

test('a database is found by its name', async () => {
  expect(await ask({ how: 'plain', host: 'DB.example.com', port: 5432 })).toBe('database:hello')
})

test("the laptop's AWS is there", async () => {
  expect(await ask({})).toEqual(expect.any(Number))
})

test.each<[what: string, event: () => object, said: RegExp]>([
  ['plain HTTP', () => ({ url: 'http://example.com/' }), /ECONNREFUSED .*no example\.com:80 in this sandbox/],
  ['another database', () => ({ how: 'plain', host: 'other.example.com', port: 5432 }), /no other\.example\.com:5432/],
  ['an address', () => ({ how: 'plain', host: '192.0.2.1', port: 80 }), /no 192\.0\.2\.1:80/],
  ['this machine', () => ({ how: 'plain', host: '127.0.0.1', port: strange }), /no 127\.0\.0\.1:\d+ in this sandbox/],
  [
    'this machine by name',
    () => ({ how: 'plain', host: 'localhost', port: strange }),
    /no localhost:\d+ in this sandbox/,
  ],
  ['the DNS', () => ({ how: 'lookup', host: 'example.com' }), /^ENOTFOUND/],
  ['datagrams', () => ({ how: 'datagram' }), /^EACCES/],
])('%s is not', async (_what, event, said) => {
  expect(await ask(event())).toMatch(said)
})
