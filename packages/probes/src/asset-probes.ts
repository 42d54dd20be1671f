import { host, hostPath, outreach, outreachApiPath } from '@sax/topology'
import { fileFindings, pageFindings } from './asset-judge.ts'
import { hashedFilesIn, type Link, linkHeaderUrls, linksOf, styleSheetUrls } from './links.ts'
import { judge, rowsOf } from './owed.ts'
import { askAll, type Course, type Finding, type Probe } from './probe.ts'
import type { Credential, HttpAnswer, HttpQuestion } from './question.ts'
import type { DeclaredRoute, SiteFacts } from './site-facts.ts'
import { doors, type PublicDoor, tokenOf } from './site-questions.ts'

/** Pages looked at per pattern (`/patients/*`), and in all; a directory of 400 patients has one pattern. */
const PAGES_PER_PATTERN = 2
const MAX_PAGES = 60

/** Whatever a page names is there: the checklist's test 3, for every file of every page on both names. */
export function assetProbes(facts: SiteFacts): readonly Probe[] {
  return [
    {
      id: 'assets.named.host',
      group: 'assets',
      title: "Every src and href of every page answers on the host's name",
      incidents: ['R1', 'R3', 'R5', 'R6'],
      course: () => crawl(facts, 'host', [{ kind: 'session', of: 'administrator' }]),
    },
    {
      id: 'assets.named.outreach',
      group: 'assets',
      title: "Every src and href of every page answers on the zone's own name",
      incidents: ['R1', 'R3', 'R5', 'R6'],
      course: () => crawl(facts, 'outreach', [tokenOf('administrator')]),
    },
    {
      id: 'assets.missing',
      group: 'assets',
      title: 'A hashed file that does not exist is 404, and nobody may keep that answer for a year',
      incidents: [],
      *course() {
        const path = `${outreach.assetPrefix}/_next/static/chunks/0000000000000000.js`
        const answers = yield* askAll(doors.map((door) => ({ kind: 'http', door, path })))
        return answers.flatMap((answer, index) => {
          const findings = judge(`missing file at ${doors[index]}`, answer, { status: [404] })
          const kept = /\bimmutable\b/.test(answer.headers['cache-control'] ?? '')
          return kept ? [...findings, `missing file at ${doors[index]}: the 404 is immutable`] : findings
        })
      },
    },
  ]
}

/** Visits every declared page and what it links to, then every file those pages and their style sheets name. */
function* crawl(facts: SiteFacts, door: PublicDoor, carries: readonly Credential[]): Course<readonly Finding[]> {
  const site = siteOf(facts)
  const base = door === 'host' ? facts.hostUrl : facts.outreachUrl
  const findings: Finding[] = []
  const pages = new PageQueue()
  const mine = facts.routes.filter(
    ({ zone, kind, auth }) => (door === 'host' || zone === outreach.name) && kind === 'page' && auth === 'user',
  )
  for (const { path, pattern } of mine) if (path === pattern) pages.offer(new URL(path, base).href)
  for (const path of yield* detailPages(mine, door, carries)) pages.offer(new URL(path, base).href)
  const files = new Map<string, Link>()
  for (let batch = pages.take(); batch.length > 0; batch = pages.take()) {
    const answers = yield* askAll(batch.map((url) => site.question(url, carries)))
    for (const [index, answer] of answers.entries()) {
      const url = batch[index] ?? base
      findings.push(...pageFindings(url, answer))
      for (const link of linksIn(answer, url)) {
        const owner = site.doorOf(link.url)
        if (owner === undefined)
          findings.push(`${new URL(url).pathname}: names a foreign origin, ${new URL(link.url).host}`)
        else if (link.kind === 'file') files.set(link.url, link)
        else if (isSignOut(link.url)) continue
        // The other name's pages are its own crawl's business; here it is enough that the link leads there.
        else if (owner === door) pages.offer(link.url)
      }
    }
  }
  if (pages.seen === 0) findings.push('no page is declared')
  if (files.size === 0) findings.push('the pages name no file at all')
  const answers = yield* askAll([...files.keys()].map((url) => site.question(url, carries)))
  const named = new Set<string>()
  for (const [index, url] of [...files.keys()].entries()) {
    const answer = answers[index]
    if (answer === undefined) continue
    findings.push(...fileFindings(url, answer))
    if (/\.css$/.test(new URL(url).pathname)) for (const link of styleSheetUrls(answer.body, url)) named.add(link.url)
  }
  const rest = [...named].filter((url) => !files.has(url))
  const more = yield* askAll(rest.map((url) => site.question(url, carries)))
  findings.push(...more.flatMap((answer, index) => fileFindings(rest[index] ?? base, answer)))
  return [...new Set(findings)]
}

/** Pages of one thing, `/patients/[id]`: the first row of the resource that is named before the parameter fills it in. */
function* detailPages(
  routes: readonly DeclaredRoute[],
  door: PublicDoor,
  carries: readonly Credential[],
): Course<readonly string[]> {
  const details = routes.flatMap(({ pattern }) => {
    const resource = /\/([a-z-]+)\/\[[a-z]+\]$/i.exec(pattern)?.[1]
    return resource === undefined ? [] : [{ resource, pattern }]
  })
  const lists = yield* askAll(
    details.map(({ resource }) => ({ kind: 'http', door, path: outreachApiPath(resource), carries })),
  )
  return details.flatMap(({ pattern }, index) => {
    const list = lists[index]
    const id = list && rowsOf(list)[0]?.id
    return typeof id === 'string' ? [pattern.replace(/\[[a-z]+\]$/i, encodeURIComponent(id))] : []
  })
}

function linksIn(answer: HttpAnswer, url: string): readonly Link[] {
  if (!/^text\/html\b/.test(answer.headers['content-type'] ?? '')) return []
  const prefixes = [outreach.assetPrefix, host.assetPrefix]
  return [
    ...linksOf(answer.body, url),
    ...linkHeaderUrls(answer.headers.link, url),
    ...hashedFilesIn(answer.body, prefixes, url),
  ]
}

/** Asking it would end the session that the rest of the probes need. The browser probes do ask it. */
function isSignOut(url: string): boolean {
  return new URL(url).pathname.startsWith(hostPath('auth', ''))
}

function siteOf(facts: SiteFacts) {
  const doorOf = (url: string): PublicDoor | undefined => {
    const { origin } = new URL(url)
    if (origin === facts.hostUrl) return 'host'
    return origin === facts.outreachUrl ? 'outreach' : undefined
  }
  const question = (url: string, carries: readonly Credential[]): HttpQuestion => {
    const { pathname, search } = new URL(url)
    return { kind: 'http', door: doorOf(url) ?? 'host', path: pathname + search, carries }
  }
  return { doorOf, question }
}

/** Pages still to visit, each once, few of one pattern. */
class PageQueue {
  readonly #known = new Set<string>()
  readonly #perPattern = new Map<string, number>()
  #waiting: string[] = []

  get seen(): number {
    return this.#known.size
  }

  offer(url: string): void {
    if (this.#known.has(url) || this.#known.size >= MAX_PAGES) return
    const { pathname } = new URL(url)
    const pattern = pathname.replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}|\d+/gi, '*')
    const count = this.#perPattern.get(pattern) ?? 0
    if (count >= PAGES_PER_PATTERN) return
    this.#perPattern.set(pattern, count + 1)
    this.#known.add(url)
    this.#waiting.push(url)
  }

  take(): readonly string[] {
    const batch = this.#waiting
    this.#waiting = []
    return batch
  }
}
