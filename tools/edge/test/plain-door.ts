import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createCaching } from '../src/caching/caching.ts'
import type { Behavior, Distribution, Origin } from '../src/config/distribution.ts'
import { createEdge } from '../src/edge.ts'
import { DEFAULT_PATIENCE, type OriginPatience } from '../src/fetch-origin.ts'
import { laptopDistributions, laptopOrigins } from '../src/on-laptop.ts'
import { createViewerServer } from '../src/viewer-server.ts'

export interface PlainDoor {
  readonly port: number
  /** The name it answers to. */
  readonly host: string
  /** Errors that nobody expected. */
  readonly errors: readonly unknown[]
  close(): Promise<void>
}

export interface PlainDoorOptions extends Partial<OriginPatience> {
  /** `site`: the site's own functions run. Default `none`, so that nothing depends on how busy the machine is. */
  readonly functions?: 'site' | 'none'
}

/**
 * The site's first distribution before one origin that is a plain server: bodies stream, nothing is signed, no firewall
 * counts. Upgrades are not passed on, as outside of development.
 */
export async function startPlainDoor(
  url: URL,
  { functions = 'none', ...patience }: PlainDoorOptions = {},
): Promise<PlainDoor> {
  const errors: unknown[] = []
  let handle: Parameters<typeof createViewerServer>[0] = () => Promise.resolve(new Response(null, { status: 500 }))
  const server = createViewerServer(
    (request, info) => handle(request, info),
    (error) => errors.push(error),
  )
  const port = await listen(server)
  const at = { STAGE: 'local', ROUTING_MODE: 'edge', EDGE_HOST_PORT: port, EDGE_OUTREACH_PORT: port } as const
  const [site] = laptopDistributions(at)
  if (site === undefined) throw new Error('the site has no distribution')
  const fallback = site.behaviors.at(-1)
  if (fallback === undefined) throw new Error('the distribution has no default behaviour')
  const shown = functions === 'site' ? (behavior: Behavior) => behavior : withoutFunctions
  const distribution: Distribution = {
    ...site,
    behaviors: [...site.behaviors.slice(0, -1).map(shown), shown(fallback)],
    firewall: undefined,
    origins: new Map([...site.origins].map(([id, origin]) => [id, asPlainServer(origin, patience)])),
  }
  const addresses = laptopOrigins(
    [distribution],
    Object.fromEntries([...distribution.origins.keys()].map((id) => [id, url])),
  )
  let id = 0
  handle = createEdge({
    distributions: [distribution],
    addresses,
    caching: createCaching({ maxBytes: 10_000_000, nowMs: () => 0 }),
    protocol: 'http',
    log: silent,
    newId: () => `request-${++id}`,
    nowMs: () => 0,
  })
  return {
    port,
    host: `localhost:${port}`,
    errors,
    close: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
      await Promise.all(Object.values(addresses).map((address) => address?.close?.()))
    },
  }
}

function withoutFunctions(behavior: Behavior): Behavior {
  return { ...behavior, viewerRequest: undefined, viewerResponse: undefined }
}

function asPlainServer(origin: Origin, patience: Partial<OriginPatience>): Origin {
  return { ...origin, kind: 'custom', accessControl: undefined, grants: undefined, ...DEFAULT_PATIENCE, ...patience }
}

async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return (server.address() as AddressInfo).port
}

const silent = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined }
