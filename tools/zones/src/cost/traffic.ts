import type { RoutingMode } from '@sax/topology'
import type { Assumed } from './assumptions.ts'

/** How often things are asked for, a month. */
export interface Traffic {
  readonly hostPages: number
  readonly zonePages: number
  readonly files: number
  /** API calls of browsers, those for news included. */
  readonly calls: number
  /** Pages and calls of the zone that the host's function carries: all of them, or none. */
  readonly carried: number
  /** Requests that reach a distribution; what is carried reaches two. */
  readonly edgeRequests: number
  /** Requests that reach the backend's HTTP API. */
  readonly backendCalls: number
}

/** What people do, and what it makes of requests. In host routing each request for the zone takes the way twice. */
export function trafficOf(assumed: Assumed, routing: RoutingMode): Traffic {
  const hours = assumed.people * assumed.hoursAPerson
  const pages = hours * assumed.pagesAnHour
  const zonePages = pages * assumed.zoneShare
  const files = pages * assumed.filesAPage
  const calls = hours * 60 * assumed.newsCallsAMinute + pages * assumed.callsAPage
  const carried = routing === 'host' ? zonePages + calls : 0
  return {
    hostPages: pages - zonePages,
    zonePages,
    files,
    calls,
    carried,
    edgeRequests: pages + files + calls + carried,
    // A page is rendered from one read of the backend; the carrier calls it directly.
    backendCalls: calls + pages + assumed.messages * assumed.callbacksAMessage,
  }
}

/** KB of so many things, as GB. */
export const gigabytes = (count: number, kilobytes: number) => (count * kilobytes) / 1e6

/** So many things, as millions. */
export const millions = (count: number) => count / 1e6
