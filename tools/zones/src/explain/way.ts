import { createEdge, type Decision, type Edge, type EdgeDeps, OriginError, type ViewerInfo } from '@sax/edge'
import type { Origin } from '@sax/edge/config'
import { host as hostZone } from '@sax/topology'
import type { Asked } from './asked.ts'
import { behindOf } from './behind.ts'
import { distributionHop } from './distribution-hop.ts'
import type { AnsweredHop, Hop } from './hop.ts'
import { carriedBy } from './host-proxy.ts'
import type { Site } from './site.ts'

/**
 * A front door over a site's distributions that only decides: every origin exists, and none is ever asked.
 * @throws Error naming a function or a path pattern that CloudFront would not take.
 */
export function decidingEdge(site: Pick<Site, 'distributions'>, scheme: 'http' | 'https'): Edge {
  return createEdge(edgeDeps(site, scheme))
}

/**
 * The stations a request passes, in order, as the front door and the routing table decide them. Nobody is asked: what
 * the answering program then does (401, 404, a page) is not part of it.
 */
export async function wayOf(asked: Asked, site: Site, edge: Edge): Promise<readonly Hop[]> {
  const hops: Hop[] = []
  let host = asked.host
  let headers = new Headers([...asked.headers, ['host', host]])
  // A request passes each distribution at most once; the topology has no way back.
  for (const _distribution of site.distributions) {
    const request = new Request('https://explained.invalid/', { method: asked.method, headers })
    const info = infoOf(asked, headers)
    const decision = edge.decide(request, info)
    const distribution = site.distributions.find(({ id }) => id === decision.trace.distribution?.id)
    // Asked for a zone by the host's proxy, and no distribution here has the zone's name.
    if (distribution === undefined && host !== asked.host) return [...hops, { kind: 'elsewhere', host }]
    if (distribution !== undefined && decision.behavior !== undefined) {
      hops.push(distributionHop({ site, distribution, host, decision, behavior: decision.behavior, sender: headers }))
    }
    if (decision.kind !== 'forward' || distribution === undefined) {
      return [...hops, await ended(edge, request, info, decision)]
    }
    const origin = distribution.origins.get(decision.behavior.targetOriginId)
    if (origin === undefined) throw new Error('a request was sent to an origin that is not there')
    const carrying =
      site.stage !== undefined && origin.id === `${hostZone.name}-pages`
        ? carriedBy(site.stage, decision.viewer.uri, decision.request.headers)
        : undefined
    if (carrying === undefined) return [...hops, answered(site, origin)]
    hops.push(carrying.hop)
    host = carrying.host
    headers = carrying.headers
  }
  return [...hops, { kind: 'elsewhere', host }]
}

async function ended(edge: Edge, request: Request, info: ViewerInfo, decision: Decision): Promise<Hop> {
  const { behavior, trace } = decision
  if (decision.kind === 'redirect') {
    // The query is left out: it may hold anything.
    return { kind: 'ended', by: trace.distribution?.id, status: decision.status, reason: 'redirected to https' }
  }
  if (decision.kind === 'generated') {
    const reason = 'the function answers by itself'
    return { kind: 'ended', by: behavior?.viewerRequest?.name, status: decision.response.status, reason }
  }
  const { status } = await edge(request, info)
  const reason = decision.kind === 'refused' ? decision.refusal.replaceAll('_', ' ') : ''
  return { kind: 'ended', by: trace.distribution?.id, status, reason }
}

function answered(site: Site, origin: Origin): AnsweredHop {
  const { kind: behind, ...facts } = behindOf(origin, site)
  return { kind: 'answered', origin: origin.id, behind, ...facts }
}

/** @source an address of RFC 5737, "IPv4 Address Blocks Reserved for Documentation" */
const SOMEBODY = '192.0.2.1'

function infoOf({ target, method }: Asked, headers: Headers): ViewerInfo {
  const line = `${method} ${target} HTTP/1.1\r\n`.length
  return {
    target,
    ip: SOMEBODY,
    requestBytes: [...headers].reduce((sum, [name, value]) => sum + name.length + value.length + 4, line + 2),
    hasBody: (headers.get('content-length') ?? '0') !== '0' || headers.has('transfer-encoding'),
    signal: new AbortController().signal,
  }
}

function edgeDeps({ distributions }: Pick<Site, 'distributions'>, protocol: 'http' | 'https'): EdgeDeps {
  const silent = () => undefined
  const asksNobody = () => Promise.reject(new OriginError('origin_down'))
  const ids = distributions.flatMap(({ origins }) => [...origins.keys()])
  return {
    distributions,
    addresses: Object.fromEntries(ids.map((id) => [id, asksNobody])),
    caching: { answer: asksNobody, invalidate: silent, bytes: 0, settled: () => Promise.resolve() },
    protocol,
    log: { debug: silent, info: silent, warn: silent, error: silent },
    newId: () => 'explained',
    nowMs: () => 0,
  }
}
