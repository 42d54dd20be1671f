import { createHash } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import { outreach } from '@sax/topology'
import type { FilesOf } from './known-releases.ts'
import { type PageSeen, pageFaults, pageSeen } from './page.ts'
import type { Answer, PersonClient } from './person-client.ts'
import { renewUserContext } from './sign-in.ts'
import { createTally, type Fault, type Spread } from './tally.ts'

export interface LoadOptions {
  /** Of people who are signed in. */
  readonly clients: readonly PersonClient[]
  /** Requests a second, begun whether or not earlier ones have ended: people do not wait for each other. */
  readonly perSecond: number
  readonly urls: { readonly host: string; readonly outreach: string }
  /** Pages of the host and of the zone, and a call of the zone's API. */
  readonly paths: { readonly hostPage: string; readonly zonePage: string; readonly api: string }
  readonly filesOf: FilesOf
  readonly nowMs: () => number
}

/** What a load has seen so far. */
export interface LoadSeen {
  readonly asked: number
  readonly underway: number
  readonly faults: readonly Fault[]
  readonly spreads: readonly Spread[]
  /** Releases that pages said they are of, in the order in which they were first seen. */
  readonly releases: readonly string[]
  /** Files of a release that were fetched while pages of another one were shown. */
  readonly oldFiles: number
  /** How often somebody went on in a tab of a release that is no longer live. */
  readonly oldTabs: number
}

export interface SteadyLoad {
  /** Faults from now on happen during this. */
  readonly during: (what: string) => void
  readonly seen: () => LoadSeen
  /** Ends the load and waits for what is on its way. */
  readonly stop: () => Promise<LoadSeen>
}

type Kind = 'host page' | 'zone page' | 'API' | 'file' | 'file of an old tab' | 'navigation in an old tab' | 'renewal'

/**
 * A while of somebody at work, and of a tab that was left open before the release. Two of three requests are for files,
 * as in a browser that opens a page for the first time: a page names some thirty.
 */
const PAGE_VIEW: readonly Kind[] = ['file', 'file', 'API', 'file', 'file', 'file']
const MIX: readonly Kind[] = [
  ...(['zone page', ...PAGE_VIEW] as const),
  ...(['host page', ...PAGE_VIEW, 'file of an old tab'] as const),
  ...(['zone page', ...PAGE_VIEW, 'navigation in an old tab'] as const),
  ...(['file', 'API', 'file', 'file', 'file of an old tab', 'file', 'file', 'file'] as const),
]
/** What a click inside the zone asks for. @source Next.js, `getServerSideProps` and `/_next/data` */
const NAVIGATION = { 'x-nextjs-data': '1', accept: '*/*' } as const
const navigationPath = (page: string, build: string) =>
  `${outreach.basePath}/_next/data/${build}${page.slice(outreach.basePath.length)}.json`
/** Files of the zone: both names lead to them. */
const ZONE_FILES = `${outreach.assetPrefix}/`
/** Open pages renew sooner: a context lives for minutes. */
const RENEW_EVERY_MS = 45_000

/** Asks a stage steadily through its public names, as people do who are signed in, and writes down all that is wrong. */
export function startSteadyLoad(options: LoadOptions): SteadyLoad {
  const { clients, perSecond, urls, paths, filesOf, nowMs } = options
  const tally = createTally()
  /** The first page of each release that anybody was shown, by the release. */
  const tabs = new Map<string, PageSeen>()
  const underway = new Set<Promise<void>>()
  const latest: Record<'host page' | 'zone page', PageSeen | undefined> = {
    'host page': undefined,
    'zone page': undefined,
  }
  let during = 'before the first release'
  let asked = 0
  let oldFiles = 0
  let oldTabs = 0

  const clientOf = (nth: number): PersonClient => {
    const client = clients[nth % clients.length]
    if (client === undefined) throw new Error('a load needs somebody who works')
    return client
  }
  const oldTab = () => [...tabs.values()].find(({ release }) => release !== latest['zone page']?.release)
  const refusal = (what: string, { status, requestId }: Answer, wanted = 200) => {
    if (status === wanted) return false
    tally.fault(`${what}: ${status}`, during, requestId)
    return true
  }
  const page = async (path: string, kind: keyof typeof latest, nth: number) => {
    const answer = await clientOf(nth).ask(`${urls.host}${path}`)
    if (refusal(kind, answer)) return
    const seen = pageSeen(answer.body.toString('utf8'))
    for (const one of pageFaults(seen, filesOf)) tally.fault(`${kind} ${one}`, during, answer.requestId)
    const { release } = seen
    if (release === undefined) return
    latest[kind] = seen
    if (kind === 'zone page' && !tabs.has(release)) tabs.set(release, seen)
  }
  /** A file has to be the one that was built, byte for byte, whatever is live. Undefined: there is none to ask for. */
  const file = (release: string | undefined, path: string | undefined, kind: Kind, nth: number) => {
    if (release === undefined || path === undefined) return undefined
    const expected = filesOf(release)?.get(path.slice(1))
    // What a page wrongly names was said when the page was judged.
    if (expected === undefined) return undefined
    const ownName = nth % 2 === 1 && path.startsWith(ZONE_FILES)
    return clientOf(nth)
      .ask(`${ownName ? urls.outreach : urls.host}${path}`)
      .then((answer) => {
        if (refusal(`${kind} ${path} of ${release}`, answer)) return
        const came = createHash('sha256').update(answer.body).digest('hex')
        if (came !== expected) tally.fault(`${kind} ${path} of ${release}: other bytes`, during, answer.requestId)
      })
  }
  /** Whoever has a tab open loads what they did not need before: any chunk of their release, not those of the page alone. */
  const oldFile = (nth: number) => {
    const old = oldTab()?.release
    if (old === undefined) return undefined
    const paths = [...(filesOf(old)?.keys() ?? [])]
      .map((key) => `/${key}`)
      .filter((path) => path.startsWith(ZONE_FILES))
    oldFiles += 1
    return file(old, paths[oldFiles % paths.length], 'file of an old tab', nth)
  }
  /** A click in an open tab: it gets what its own build made, or nothing, and then loads the whole page. */
  const navigation = (kind: Kind, nth: number) => {
    const tab = oldTab()
    if (tab === undefined) return undefined
    oldTabs += 1
    if (tab.build === undefined) {
      tally.fault(`${kind}: its page does not say of which build it is`, during)
      return undefined
    }
    return clientOf(nth)
      .ask(urls.host + navigationPath(paths.zonePage, tab.build), { headers: NAVIGATION })
      .then((answer) => {
        if (answer.status === 404) return page(paths.zonePage, 'zone page', nth)
        if (refusal(kind, answer) || answer.contentType.includes('json')) return undefined
        return tally.fault(`${kind} is answered with ${answer.contentType}`, during, answer.requestId)
      })
  }
  const api = async (nth: number) => {
    const answer = await clientOf(nth).ask(`${urls.host}${paths.api}`)
    if (refusal('API', answer)) return
    if (!answer.contentType.includes('json')) tally.fault('API: no JSON', during, answer.requestId)
  }
  const ask = (kind: Kind, nth: number): Promise<void> | undefined => {
    switch (kind) {
      case 'host page':
        return page(paths.hostPage, kind, nth)
      case 'zone page':
        return page(paths.zonePage, kind, nth)
      case 'file': {
        const shown = latest[nth % 3 === 0 ? 'host page' : 'zone page']
        return file(shown?.release, shown?.files[nth % shown.files.length], kind, nth)
      }
      case 'file of an old tab':
        return oldFile(nth)
      case 'navigation in an old tab':
        return navigation(kind, nth)
      case 'API':
        return api(nth)
      case 'renewal':
        return renewUserContext(clientOf(nth), urls.host).then((answer) => void refusal(kind, answer))
    }
  }
  const begin = (kind: Kind, nth: number) => {
    const startedMs = nowMs()
    const work = ask(kind, nth)
    if (work === undefined) return
    asked += 1
    const one = work
      .then(() => tally.took(kind, nowMs() - startedMs))
      .catch((error: NodeJS.ErrnoException) => tally.fault(`${kind}: ${error.code ?? error.message}`, during))
      .finally(() => underway.delete(one))
    underway.add(one)
  }
  const seen = (): LoadSeen => ({
    ...{ asked, underway: underway.size, oldFiles, oldTabs, releases: [...tabs.keys()] },
    ...{ faults: tally.faults(), spreads: tally.spreads() },
  })

  const ending = new AbortController()
  const running = (async () => {
    const startedMs = nowMs()
    let renewedMs = startedMs
    for (let index = 0; !ending.signal.aborted; index += 1) {
      begin(MIX[index % MIX.length] ?? 'API', index)
      if (nowMs() - renewedMs > RENEW_EVERY_MS) {
        renewedMs = nowMs()
        for (const [one] of clients.entries()) begin('renewal', one)
      }
      const dueMs = startedMs + ((index + 1) * 1000) / perSecond
      // Whoever is late still lets answers in between.
      await wait(Math.max(0, dueMs - nowMs()))
    }
  })()
  return {
    seen,
    during: (what) => {
      during = what
    },
    stop: async () => {
      ending.abort()
      await running
      await Promise.all(underway)
      return seen()
    },
  }
}
