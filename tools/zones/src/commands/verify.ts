import type { LocalSite } from '@sax/local/settings'
import {
  type Ask,
  type Asker,
  type DeclaredRoute,
  type ProbeResult,
  runProbe,
  type SiteFacts,
  siteProbes,
} from '@sax/probes'
import { practices, type SamplePerson } from '@sax/sample-data'
import type { Browser } from 'playwright-core'
import { type Picture, type Places, walkPages } from '../browser/navigation.ts'
import { LEFT_OUT, notWalked, openSessions, type Sessions } from '../browser/sessions.ts'
import { byPicking } from '../browser/sign-in.ts'
import { noSuchSite } from '../no-such-site.ts'
import type { Outcome } from '../outcome.ts'
import type { VerifyReport } from '../report/verify-report.ts'
import { noSite } from './token.ts'

export interface VerifyArguments {
  readonly stage: string
  /** False: leave out what needs a browser. */
  readonly browser: boolean
}

export interface VerifyPorts {
  readonly site: () => LocalSite | undefined
  readonly people: readonly SamplePerson[]
  readonly routes: readonly DeclaredRoute[]
  readonly openBrowser: () => Promise<Browser | { readonly why: string }>
  readonly ask: (site: LocalSite, people: Readonly<Record<Asker, SamplePerson>>, sessions: Sessions) => Ask
  readonly progress: Progress
  readonly nowMs: () => number
}

/** Told while the probes run. */
export interface Progress {
  readonly plan: (groups: readonly { readonly name: string; readonly count: number }[]) => void
  readonly result: (result: ProbeResult) => void
  readonly end: () => Promise<void>
}

/** What is verified and how it went: an outcome without a report was refused before anything was asked. */
export type Verified = { readonly kind: 'verified'; readonly report: VerifyReport } | Outcome

/** Asks the running site everything it owes. */
export async function verify(arguments_: VerifyArguments, ports: VerifyPorts): Promise<Verified> {
  if (arguments_.stage !== 'local') return noSuchSite(arguments_.stage)
  const site = ports.site()
  if (site === undefined) return noSite
  const people = whoAsks(ports.people)
  const startedMs = ports.nowMs()
  const places: Places = { hostUrl: site.urls.host, outreachUrl: site.urls.outreach, nowMs: ports.nowMs }
  const facts = factsOf(site, people, ports.routes)
  const browser = arguments_.browser ? await ports.openBrowser() : { why: LEFT_OUT }
  const pictures: Picture[] = []
  const results: ProbeResult[] = []
  const note = (result: ProbeResult) => {
    results.push(result)
    ports.progress.result(result)
  }
  try {
    const probes = siteProbes(facts)
    const names = [...new Set(probes.map((probe) => probe.group))]
    ports.progress.plan([
      ...names.map((name) => ({ name, count: probes.filter((probe) => probe.group === name).length })),
      { name: 'navigation', count: 0 },
    ])
    const sessions = await openSessions(browser, (asker) => byPicking(people[asker].name), places)
    const ask = ports.ask(site, people, sessions)
    for (const probe of probes) note(await runProbe(probe, ask, ports.nowMs))
    const administrator = sessions('administrator')
    if ('why' in administrator) note(notWalked(administrator.why, arguments_.browser ? 'broken' : 'unseen'))
    else {
      const walked = await walkPages(administrator, ports.routes, places, facts.knownTemplate)
      walked.results.forEach(note)
      pictures.push(...walked.pictures)
    }
  } finally {
    await ports.progress.end()
    if ('close' in browser) await browser.close()
  }
  return {
    kind: 'verified',
    report: {
      stage: arguments_.stage,
      routing: site.routing,
      release: site.release,
      hostUrl: site.urls.host,
      outreachUrl: site.urls.outreach,
      durationMs: Math.round(ports.nowMs() - startedMs),
      results,
      pictures,
    },
  }
}

function factsOf(
  site: LocalSite,
  people: Readonly<Record<Asker, SamplePerson>>,
  routes: readonly DeclaredRoute[],
): SiteFacts {
  const facts = ({ saxId, tenantId, practiceId, name }: SamplePerson) => {
    const practice = practices.find(({ id }) => id === practiceId)?.name
    return { saxId, tenantId, practiceId, markers: [name, ...(practice === undefined ? [] : [practice])] }
  }
  return {
    routing: site.routing,
    hostUrl: site.urls.host,
    outreachUrl: site.urls.outreach,
    people: { first: facts(people.first), second: facts(people.second) },
    routes,
    knownTemplate: 'Welcome Message',
  }
}

/** The checklist's coordinator, a coordinator of the other tenant, and the first tenant's administrator. */
function whoAsks(people: readonly SamplePerson[]): Readonly<Record<Asker, SamplePerson>> {
  const first = people[0]
  const second = people.find(({ tenantId, roles }) => tenantId !== first?.tenantId && roles.includes('coordinator'))
  const administrator = people.find(
    ({ tenantId, roles }) => tenantId === first?.tenantId && roles.includes('administrator'),
  )
  if (!first || !second || !administrator) throw new TypeError('the sample people lack a role')
  return { first, second, administrator }
}
