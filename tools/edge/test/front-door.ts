import { createHash } from 'node:crypto'
import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import type { LogFields, Logger } from '@sax/logging'
import type { OriginId } from '@sax/topology'
import { createCaching } from '../src/caching/caching.ts'
import { createEdge } from '../src/edge.ts'
import { prepareTrustedFunction } from '../src/function-runtime/run-trusted-function.ts'
import { laptopDistributions, laptopOrigins } from '../src/on-laptop.ts'
import { passUpgrades } from '../src/upgrade.ts'
import { createViewerServer } from '../src/viewer-server.ts'

export interface FrontDoor {
  readonly hostPort: number
  readonly outreachPort: number
  readonly url: string
  readonly logged: readonly LogFields[]
  /** Sends bytes as they are and answers with all that came back until the connection ended. */
  raw(bytes: string): Promise<string>
}

const open: (() => Promise<void>)[] = []

/** Ends everything that was started; belongs into afterEach. */
export async function closeAll(): Promise<void> {
  for (const close of open.splice(0).reverse()) await close()
}

/** An origin on a free port. */
export async function startOrigin(listener: RequestListener): Promise<URL> {
  return new URL(`http://127.0.0.1:${await listen(createServer(listener))}`)
}

/** Both distributions on free ports before the given origins. */
export async function startFrontDoor(
  origins: Partial<Record<OriginId, URL>>,
  routing: 'host' | 'edge' = 'edge',
  responseTimeoutSec?: number,
): Promise<FrontDoor> {
  const logged: LogFields[] = []
  const keep = (_message: string, fields: LogFields = {}) => {
    logged.push(fields)
  }
  const log: Logger = { debug: keep, info: keep, warn: keep, error: keep }
  let handle: Parameters<typeof createViewerServer>[0] = () => Promise.resolve(new Response(null, { status: 500 }))
  const servers = [0, 1].map(() =>
    createViewerServer(
      (request, info) => handle(request, info),
      (error) => {
        throw error
      },
    ),
  )
  const [hostPort = 0, outreachPort = 0] = await Promise.all(servers.map(listen))
  const distributions = laptopDistributions({
    STAGE: 'local',
    ROUTING_MODE: routing,
    EDGE_HOST_PORT: hostPort,
    EDGE_OUTREACH_PORT: outreachPort,
  })
  const addresses = laptopOrigins(distributions, origins, responseTimeoutSec)
  open.push(async () => {
    await Promise.all(Object.values(addresses).map((address) => address?.close?.()))
  })
  const edge = createEdge({
    distributions,
    addresses,
    caching: createCaching({ maxBytes: 10_000_000, nowMs: () => 0 }),
    prepareFunction: prepareTrustedFunction,
    protocol: 'http',
    log,
    newId: () => '11111111-2222-4333-8444-555555555555',
    nowMs: () => 0,
  })
  handle = edge
  for (const server of servers) passUpgrades(server, edge)
  return { hostPort, outreachPort, url: `http://localhost:${hostPort}`, logged, raw: (bytes) => raw(hostPort, bytes) }
}

/** What the site's client sends with a body, and a function behind origin access control asks for. */
export function hashOf(body: string | Buffer): { readonly 'x-amz-content-sha256': string } {
  return { 'x-amz-content-sha256': createHash('sha256').update(body).digest('hex') }
}

/** Everything an origin was sent, for an echo. */
export function seen(incoming: IncomingMessage) {
  return { method: incoming.method, target: incoming.url, headers: incoming.headers }
}

async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  open.push(
    () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  )
  return (server.address() as AddressInfo).port
}

function raw(port: number, bytes: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let answer = ''
    const socket = connect(port, '127.0.0.1', () => socket.write(bytes, 'latin1'))
    socket.on('data', (chunk) => {
      answer += chunk.toString('latin1')
    })
    socket.on('error', reject)
    socket.on('close', () => resolve(answer))
  })
}
