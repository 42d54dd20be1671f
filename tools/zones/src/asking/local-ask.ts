import type { LocalSite } from '@sax/local/settings'
import type { Answer, Ask, Asker, Credential, HttpQuestion } from '@sax/probes'
import type { UserContext } from '@sax/user-context'
import { headersOf } from './carried.ts'
import type { WireClient } from './http.ts'
import { linesOf } from './logs.ts'
import type { TokenMaker } from './tokens.ts'

export interface LocalAskOptions {
  readonly site: LocalSite
  readonly people: Readonly<Record<Asker, UserContext>>
  readonly tokens: TokenMaker
  readonly wire: WireClient
  /** `Cookie` header of a signed-in session, or why there is none. */
  readonly sessionOf: (asker: Asker) => { readonly cookie: string } | { readonly why: string }
  readonly nowMs: () => number
}

/** Puts the probes' questions to a site on this machine. */
export function createLocalAsk({ site, people, tokens, wire, sessionOf, nowMs }: LocalAskOptions): Ask {
  const bases: Readonly<Record<string, string>> = {
    host: site.urls.host,
    outreach: site.urls.outreach,
    backend: site.urls.api,
  }

  const carried = (credentials: readonly Credential[]) =>
    headersOf(credentials, (of, flaw) => tokens(people[of], flaw), sessionOf)

  const put = async (question: HttpQuestion): Promise<Answer> => {
    const credentials = await carried(question.carries ?? [])
    if ('why' in credentials) return { kind: 'unavailable', why: credentials.why }
    const base = bases[question.door]
    if (base === undefined) return { kind: 'unavailable', why: `${question.door} has no address here` }
    return wire.send({
      base,
      method: question.method ?? 'GET',
      path: question.path,
      headers: { ...question.headers, ...credentials.headers },
      ...(question.body === undefined ? {} : { body: question.body }),
    })
  }

  return async (question) => {
    if (question.kind === 'http') return put(question)
    if (question.kind === 'logs') return { kind: 'logs', lines: await linesOf(site.logDir, question.requestId, nowMs) }
    return { kind: 'unavailable', why: 'a laptop has neither certificates nor reports of calls' }
  }
}
