import { Agent, request } from 'node:https'
import { setTimeout as wait } from 'node:timers/promises'
import { type PageSeen, pageFaults, pageSeen } from './page.ts'

export interface LoadOptions {
  /** Requests a second, begun whether or not earlier ones have ended: people do not wait for each other. */
  readonly perSecond: number
  readonly urls: { readonly host: string; readonly outreach: string }
  /** Where every name leads, and the authority (PEM) to trust there. */
  readonly world: { readonly host: string; readonly port: number; readonly ca: string }
  /** Cookie header of somebody who is signed in. */
  readonly cookies: string
  /** Pages of the host and of the zone, and a call of the zone's API. */
  readonly paths: { readonly hostPage: string; readonly zonePage: string; readonly api: string }
  /** S3 keys of a release's files. */
  readonly keysOf: (release: string) => ReadonlySet<string> | undefined
  readonly nowMs: () => number
}

export interface LoadReport {
  readonly asked: number
  /** Each once, with how often. */
  readonly faults: readonly { readonly what: string; readonly times: number }[]
  /** By kind: how many, and milliseconds until the whole answer was there. */
  readonly kinds: Readonly<Record<string, { readonly asked: number; readonly p50Ms: number; readonly p99Ms: number }>>
  /** Releases that pages said they are of. */
  readonly releases: readonly string[]
  /** Files that were fetched after the page that named them had been replaced. */
  readonly oldFiles: number
}

export interface SteadyLoad {
  /** Ends the load and waits for what is on its way. */
  readonly stop: () => Promise<LoadReport>
}

type Kind = 'host page' | 'zone page' | 'api' | 'file' | 'old tab'

/** A second of somebody at work: pages, what they name, calls; and one tab that was left open. */
const MIX: readonly Kind[] = ['zone page', 'file', 'api', 'file', 'host page', 'file', 'api', 'old tab', 'file', 'api']
const TIMEOUT_MS = 25_000

/** Asks a stage steadily through its public names, as people do who are signed in, and writes down all that is wrong. */
export function startSteadyLoad(options: LoadOptions): SteadyLoad {
  const { perSecond, urls, world, cookies, paths, keysOf, nowMs } = options
  const agent = new Agent({ ...world, keepAlive: true, maxSockets: 64 })
  const faults = new Map<string, number>()
  const took = new Map<Kind, number[]>()
  const releases = new Set<string>()
  const underway = new Set<Promise<void>>()
  let asked = 0
  let oldFiles = 0
  /** The page that the tab left open shows, and the last one that anybody was shown. */
  let tab: PageSeen | undefined
  let latest: PageSeen | undefined
  const fault = (what: string) => faults.set(what, (faults.get(what) ?? 0) + 1)

  const get = (url: string) =>
    new Promise<{ readonly status: number; readonly body: string }>((resolve, reject) => {
      const { hostname, pathname, search } = new URL(url)
      const sent = request(
        {
          ...{ agent, hostname, servername: hostname, path: `${pathname}${search}`, timeout: TIMEOUT_MS },
          headers: { host: hostname, cookie: cookies },
        },
        (response) => {
          const pieces: Buffer[] = []
          response.on('data', (piece: Buffer) => pieces.push(piece))
          response.on('error', reject)
          response.on('end', () =>
            resolve({ status: response.statusCode ?? 0, body: Buffer.concat(pieces).toString('utf8') }),
          )
        },
      )
      sent.on('timeout', () => sent.destroy(new Error('no answer in time')))
      sent.on('error', reject)
      sent.end()
    })

  const page = async (path: string, what: Kind) => {
    const { status, body } = await get(`${urls.host}${path}`)
    if (status !== 200) return fault(`${what}: ${status}`)
    const seen = pageSeen(body)
    for (const one of pageFaults(seen, keysOf)) fault(`${what} ${one}`)
    if (seen.release !== undefined) releases.add(seen.release)
    if (what === 'zone page') {
      latest = seen
      tab ??= seen
    }
  }
  const file = async (seen: PageSeen | undefined, what: Kind) => {
    const path = seen?.files[asked % seen.files.length]
    if (path === undefined) return
    if (what === 'old tab' && seen?.release !== latest?.release) oldFiles += 1
    const { status, body } = await get(`${asked % 2 === 0 ? urls.host : urls.outreach}${path}`)
    if (status !== 200 || body.length === 0) fault(`${what}: ${path} answers ${status} with ${body.length} bytes`)
  }
  const ask = async (kind: Kind): Promise<void> => {
    switch (kind) {
      case 'host page':
        return page(paths.hostPage, kind)
      case 'zone page':
        return page(paths.zonePage, kind)
      case 'file':
        return file(latest, kind)
      case 'old tab':
        return file(tab, kind)
      case 'api': {
        const { status } = await get(`${urls.host}${paths.api}`)
        if (status !== 200) fault(`${kind}: ${status}`)
      }
    }
  }
  const begin = (kind: Kind) => {
    asked += 1
    const startedMs = nowMs()
    const one = ask(kind)
      .then(() => {
        const all = took.get(kind) ?? []
        all.push(nowMs() - startedMs)
        took.set(kind, all)
      })
      .catch((error: NodeJS.ErrnoException) => {
        fault(`${kind}: ${error.code ?? error.message}`)
      })
      .finally(() => underway.delete(one))
    underway.add(one)
  }

  const ending = new AbortController()
  const running = (async () => {
    const startedMs = nowMs()
    for (let index = 0; !ending.signal.aborted; index += 1) {
      begin(MIX[index % MIX.length] ?? 'api')
      const dueMs = startedMs + ((index + 1) * 1000) / perSecond
      if (dueMs > nowMs()) await wait(dueMs - nowMs())
    }
  })()
  return {
    stop: async () => {
      ending.abort()
      await running
      await Promise.all(underway)
      agent.destroy()
      return {
        asked,
        faults: [...faults].map(([what, times]) => ({ what, times })),
        kinds: Object.fromEntries([...took].map(([kind, all]) => [kind, spread(all)])),
        releases: [...releases],
        oldFiles,
      }
    },
  }
}

function spread(all: readonly number[]) {
  const sorted = all.toSorted((a, b) => a - b)
  const at = (share: number) => Math.round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0)
  return { asked: sorted.length, p50Ms: at(0.5), p99Ms: at(0.99) }
}
