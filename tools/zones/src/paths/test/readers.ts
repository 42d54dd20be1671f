import { runInNewContext } from 'node:vm'
import { readDistributions } from '@sax/edge/config'
import { type Decision, decide } from '@sax/edge/decide'
import type { PreparedFunction } from '@sax/edge/function-runtime'
import { pathPattern } from '@sax/edge/path-pattern'
import { readyDistribution } from '@sax/edge/ready-distribution'
import { distributions, host, nextSourceOf, type RoutingMode, routeIn, routes } from '@sax/topology'
import { siteTemplate } from '@sax/topology/cloudfront'
import { nextMatcher } from './random-patterns.ts'

/** Who owns a path: the host, or a part of a carried zone, for example `outreach api`. */
export type Owner = string

/** The host's reading: its routing table. */
export function ownerInTable(path: string): Owner {
  const route = routeIn(routes, path)
  return route === undefined ? host.name : `${route.zone.name} ${route.area}`
}

/** Next's reading: its own matcher, over the table's lines as sources. */
export function nextReader(): (path: string) => Owner {
  const lines = routes.map((route) => ({
    owner: `${route.zone.name} ${route.area}`,
    matches: nextMatcher(nextSourceOf(route), true),
  }))
  return (path) => lines.find(({ matches }) => matches(path))?.owner ?? host.name
}

/** Whether Next would find a carried zone at the path if case did not count, and finds none since it does. */
export function misspeltReader(): (path: string) => boolean {
  const sources = routes.map(nextSourceOf)
  const ignoringCase = sources.map((source) => nextMatcher(source, false))
  const counting = sources.map((source) => nextMatcher(source, true))
  return (path) => ignoringCase.some((matches) => matches(path)) && !counting.some((matches) => matches(path))
}

/** The topology's reading: the origin of the first behaviour of the host's distribution whose pattern takes the path. */
export function behaviorReader(routing: RoutingMode): (path: string) => string {
  const [{ cacheBehaviors, defaultCacheBehavior }] = distributions('production', routing)
  const tried = cacheBehaviors.map((behavior) => ({ behavior, matches: pathPattern(behavior.pathPattern) }))
  return (path) => (tried.find(({ matches }) => matches(path))?.behavior ?? defaultCacheBehavior).targetOriginId
}

/** What the front door made of a target. */
export interface EdgeReading {
  readonly kind: Decision['kind']
  /** Origin of the behaviour that took it. */
  readonly origin: string | undefined
  /** Status of the function's own answer. */
  readonly status: number | undefined
  /** Path sent on to the origin. */
  readonly sent: string | undefined
}

/**
 * The edge's reading: every step of its interpreter up to the origin, over the stage's template. The functions run in
 * this thread, for a million calls across threads take minutes; the edge's own tests run them in theirs.
 */
export function edgeReader(routing: RoutingMode): (target: string) => EdgeReading {
  const template = JSON.stringify(siteTemplate('production', routing))
  const read = readDistributions(template, { fileName: 'template' }).distributions
  const ready = read.map((distribution) => {
    // A million requests of one address are what its rate rule is there to block.
    const open = readyDistribution({ ...distribution, firewall: undefined }, () => 0)
    const functions = new Map(
      distribution.behaviors.map(({ viewerRequest }) => [viewerRequest, inThisThread(viewerRequest?.code)]),
    )
    return { ...open, viewerRequestOf: ({ viewerRequest }: Viewed) => functions.get(viewerRequest) }
  })
  const addresses = Object.fromEntries(
    ready.flatMap(({ origins }) => [...origins.keys()].map((id) => [id, neverAsked])),
  )
  const request = new Request('https://dreamconnect.health/', { headers: { host: 'dreamconnect.health' } })
  const facts = { ip: '192.0.2.1', requestBytes: 500, hasBody: false, signal: new AbortController().signal }
  return (target) => {
    const decision = decide({ distributions: ready, addresses, protocol: 'https' }, request, { ...facts, target }, 'id')
    return {
      kind: decision.kind,
      origin: decision.behavior?.targetOriginId,
      status: decision.kind === 'generated' ? decision.response.status : undefined,
      sent: decision.kind === 'forward' ? decision.request.target.split('?', 1)[0] : undefined,
    }
  }
}

type Viewed = Parameters<ReturnType<typeof readyDistribution>['viewerRequestOf']>[0]

function neverAsked(): never {
  throw new Error('an origin was asked')
}

/** The function gets a copy of the event, as it does across threads: it may change what it is given. */
function inThisThread(code: string | undefined): PreparedFunction | undefined {
  if (code === undefined) return undefined
  const call = runInNewContext(`${code};(event) => handler(JSON.parse(event))`) as (event: string) => unknown
  return (event) => ({ kind: 'returned', value: call(JSON.stringify(event)), log: [] })
}
