import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, openSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { outreach, outreachApiPath } from '@sax/topology'
import { freePort } from '../free-port.ts'
import { repositoryRoot } from '../settings.ts'
import { inheritedEnvironment } from '../site/env.ts'
import { waitUntilReady } from '../site/wait-until-ready.ts'
import { type Latency, measureLatency } from './latency.ts'
import { type Load, measureLoad } from './load.ts'
import { hasNginx, startNginx } from './nginx.ts'

const ASSET_BYTES = 20_000
const ROUNDS = 8000
const CONNECTIONS = 10

export interface FrontDoorBench {
  /** Cached file of 20 kB, over several connections. */
  readonly cached: readonly Load[]
  /** One small answer that is never kept, one request after the other. */
  readonly uncached: readonly (Latency & { readonly what: string })[]
  /** True when each server had one core to itself. */
  readonly pinned: boolean
}

/**
 * The front door alone before an origin that costs nothing, beside nginx where the machine has it. Under load each
 * server has the first core and the asking program the second, where the system can say so.
 */
export async function benchFrontDoor(durationSec: number): Promise<FrontDoorBench> {
  const scratch = mkdtempSync(join(tmpdir(), 'sax-bench-'))
  const running: ChildProcess[] = []
  // The asking program stays off the core that is measured.
  const pinned = spawnSync('taskset', ['-a', '-c', '-p', '1', String(process.pid)]).status === 0
  const onOneCore = pinned ? ['taskset', '-c', '0'] : []
  try {
    const ports: number[] = []
    for (let i = 0; i < 4; i += 1) ports.push(await freePort(4910 + i, new Set(ports)))
    const [originPort = 0, hostPort = 0, outreachPort = 0, nginxPort = 0] = ports
    const upstream = `http://127.0.0.1:${originPort}`
    running.push(
      spawn(process.execPath, [fileURLToPath(new URL('./yardstick-origin.ts', import.meta.url)), String(originPort)], {
        stdio: 'ignore',
      }),
      startEdge({ scratch, hostPort, outreachPort, upstream }, onOneCore),
    )
    const edge = `http://localhost:${outreachPort}`
    const api = outreachApiPath('templates')
    await ready(`${upstream}/`)
    await ready(`${edge}${api}`)
    const nginx = hasNginx() ? `http://127.0.0.1:${nginxPort}` : undefined
    if (nginx !== undefined) {
      running.push(startNginx({ scratch, port: nginxPort, upstream }, onOneCore))
      await ready(`${nginx}/`)
    }
    const load = (what: string, url: string) => measureLoad({ what, url, headers: {} }, CONNECTIONS, durationSec)
    const latency = async (what: string, url: string) => ({ what, ...(await measureLatency(url, {}, ROUNDS)) })
    const cached = [
      await load('front door', `${edge}${outreach.assetPrefix}/_next/static/media/a.woff2`),
      ...(nginx === undefined ? [] : [await load('nginx', `${nginx}/cached/a.woff2`)]),
    ]
    // How long one person waits is asked of the servers as they usually run.
    if (pinned) for (const { pid } of [process, ...running]) onEveryCore(pid)
    const uncached = [
      await latency('the origin itself', `${upstream}${api}`),
      await latency('through the front door', `${edge}${api}`),
      ...(nginx === undefined ? [] : [await latency('through nginx', `${nginx}${api}`)]),
    ]
    return { cached, uncached, pinned }
  } finally {
    for (const child of running) child.kill()
    if (pinned) onEveryCore(process.pid)
    rmSync(scratch, { recursive: true, force: true })
  }
}

function onEveryCore(pid: number | undefined): void {
  if (pid !== undefined) spawnSync('taskset', ['-a', '-p', 'ffffffff', String(pid)])
}

interface EdgePlace {
  readonly scratch: string
  readonly hostPort: number
  readonly outreachPort: number
  readonly upstream: string
}

function startEdge(
  { scratch, hostPort, outreachPort, upstream }: EdgePlace,
  onOneCore: readonly string[],
): ChildProcess {
  const media = join(scratch, '.next', 'static', 'media')
  mkdirSync(media, { recursive: true })
  writeFileSync(join(media, 'a.woff2'), Buffer.alloc(ASSET_BYTES, 'x'))
  const log = openSync(join(scratch, 'edge.log'), 'a')
  const entry = join(repositoryRoot, 'tools', 'edge', 'src', 'main.ts')
  const [command = process.execPath, ...args] = [...onOneCore, process.execPath, entry]
  return spawn(command, args, {
    stdio: ['ignore', log, 'inherit'],
    env: {
      ...inheritedEnvironment(),
      NODE_ENV: 'production',
      STAGE: 'local',
      RELEASE: 'bench',
      LOG_LEVEL: 'info',
      ROUTING_MODE: 'edge',
      EDGE_HOST_PORT: String(hostPort),
      EDGE_OUTREACH_PORT: String(outreachPort),
      ORIGIN_SLEEPCONNECT_PAGES: upstream,
      ORIGIN_OUTREACH_PAGES: upstream,
      ORIGIN_OUTREACH_API_ROUTES: upstream,
      ORIGIN_OUTREACH_ASSETS: pathToFileURL(scratch).href,
    },
  })
}

async function ready(url: string): Promise<void> {
  if (!(await waitUntilReady(url, 20_000, () => false))) throw new Error(`${url} does not answer`)
}
