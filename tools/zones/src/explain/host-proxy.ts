import { globOf, type Route, routeIn, routes, type Stage, stages, USER_CONTEXT, type ZoneName } from '@sax/topology'
import type { CarriedHop } from './hop.ts'

/** What the host's proxy does with a request that came to it under a carried zone's path. */
export interface Carrying {
  readonly hop: CarriedHop
  /** Name of the zone's own distribution, with the port on a laptop. */
  readonly host: string
  readonly headers: Headers
}

/** Cookies of the host alone: its session, whole or in parts, and sign-ins under way. */
const HOST_COOKIE = /^(__session(__\d+)?|__txn_[^=]*)=/
const SESSION = /^__session(__\d+)?=/

/** Undefined: the path is the host's own, and the host answers. */
export function carriedBy(stage: Stage, path: string, arrived: Headers): Carrying | undefined {
  const route = routeIn(routes, path)
  if (route === undefined) return undefined
  const host = stages[stage].domains[route.zone.name].name
  const cookies = (arrived.get('cookie') ?? '').split(/;\s*/).filter((pair) => pair !== '')
  const kept = cookies.filter((pair) => !HOST_COOKIE.test(pair) && !pair.startsWith(`${USER_CONTEXT}=`))
  const open = isOpen(route, path)
  const shows = cookies.some((pair) => SESSION.test(pair))
    ? 'session'
    : arrived.has(USER_CONTEXT) || cookies.some((pair) => pair.startsWith(`${USER_CONTEXT}=`))
      ? 'token'
      : 'neither'

  const headers = new Headers(arrived)
  headers.set('host', host)
  headers.delete('authorization')
  if (kept.length === 0) headers.delete('cookie')
  else headers.set('cookie', kept.join('; '))
  headers.delete(USER_CONTEXT)
  if (!open) headers.set(USER_CONTEXT, 'minted')
  return {
    host,
    headers,
    hop: {
      kind: 'carried',
      zone: route.zone.name,
      to: `${stages[stage].scheme}://${host}`,
      pattern: globOf(route),
      token: open ? 'none: hashed files and health answers need none' : TOKENS[shows](route),
      set: open ? [] : [USER_CONTEXT],
      dropped: [
        ...(arrived.has('authorization') ? ['authorization'] : []),
        ...cookies.filter((pair) => !kept.includes(pair)).map((pair) => `cookie ${pair.slice(0, pair.indexOf('='))}`),
      ],
    },
  }
}

const TOKENS: Readonly<Record<'session' | 'token' | 'neither', (route: Route) => string>> = {
  session: () => 'minted afresh from the session, if that is alive',
  token: () => "the client's own, if it holds",
  neither: ({ area }) =>
    area === 'api'
      ? 'none is shown: without a session or a token the zone answers 401'
      : 'none is shown: without a session or a token the host answers 302 to sign-in',
}

function isOpen({ area, zone }: Route<ZoneName>, path: string): boolean {
  return area === 'assets' || path === zone.healthPath
}
