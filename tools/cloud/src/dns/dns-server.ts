import { createSocket, type Socket } from 'node:dgram'
import { createServer, type Server, type Socket as TcpSocket } from 'node:net'
import { AUTHORITATIVE_ANSWER, decode, encode, type Packet, RECURSION_AVAILABLE, streamEncode } from 'dns-packet'
import type { Zones } from '../route53/zones.ts'
import { answerQuestion } from './answer-question.ts'

/** A DNS server on loopback, over UDP and TCP. */
export interface DnsServer {
  /** `127.0.0.1:<port>`, as `Resolver.setServers` takes it. */
  readonly address: string
  readonly close: () => Promise<void>
}

/** How often another port is tried when somebody took the one that was free. */
const ATTEMPTS = 5

/** Starts a DNS server that answers from `zones`, which is asked for anew at each question. */
export async function startDnsServer(zones: () => Zones): Promise<DnsServer> {
  for (let attempt = 1; ; attempt++) {
    const port = await freePort()
    try {
      const udp = await listenUdp(port, zones)
      try {
        const open = new Set<TcpSocket>()
        const tcp = await listenTcp(port, zones, open)
        return { address: `127.0.0.1:${port}`, close: () => closeBoth(udp, tcp, open) }
      } catch (error) {
        udp.close()
        throw error
      }
    } catch (error) {
      if (attempt >= ATTEMPTS) throw error
    }
  }
}

async function listenUdp(port: number, zones: () => Zones): Promise<Socket> {
  const socket = createSocket('udp4')
  socket.on('message', (message, from) => {
    const reply = replyTo(message, zones())
    if (reply !== undefined) socket.send(encode(reply), from.port, from.address)
  })
  await new Promise<void>((resolve, reject) => {
    socket.once('error', reject)
    socket.bind(port, '127.0.0.1', resolve)
  })
  return socket
}

async function listenTcp(port: number, zones: () => Zones, open: Set<TcpSocket>): Promise<Server> {
  const server = createServer((socket) => {
    open.add(socket)
    socket.once('close', () => open.delete(socket))
    let waiting = Buffer.alloc(0)
    socket.on('error', () => socket.destroy())
    socket.on('data', (part: Buffer) => {
      waiting = Buffer.concat([waiting, part])
      while (waiting.length >= 2 && waiting.length >= 2 + waiting.readUInt16BE(0)) {
        const end = 2 + waiting.readUInt16BE(0)
        const reply = replyTo(waiting.subarray(2, end), zones())
        if (reply !== undefined) socket.write(streamEncode(reply))
        waiting = waiting.subarray(end)
      }
    })
  })
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, '127.0.0.1', resolve))
  return server
}

async function closeBoth(udp: Socket, tcp: Server, open: ReadonlySet<TcpSocket>): Promise<void> {
  for (const socket of open) socket.destroy()
  await Promise.all([
    new Promise<void>((resolve) => udp.close(() => resolve())),
    new Promise((resolve) => tcp.close(resolve)),
  ])
}

/** Undefined: no question that can be read, which is not answered. */
function replyTo(message: Buffer, zones: Zones): Packet | undefined {
  let query: Packet
  try {
    query = decode(message)
  } catch {
    return undefined
  }
  const [question] = query.questions ?? []
  if (question === undefined) return undefined
  const { code, answers } = answerQuestion(zones, question)
  return {
    type: 'response',
    ...(query.id === undefined ? {} : { id: query.id }),
    flags: AUTHORITATIVE_ANSWER | RECURSION_AVAILABLE | (code === 'NXDOMAIN' ? NXDOMAIN : 0),
    questions: [question],
    answers: [...answers],
  }
}

/** Response code 3 of a DNS header. @source RFC 1035, section 4.1.1 */
const NXDOMAIN = 3

/** A port that nobody listens on, on loopback. */
async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(0, '127.0.0.1', resolve))
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  if (address === null || typeof address === 'string') throw new Error('no port is free')
  return address.port
}
