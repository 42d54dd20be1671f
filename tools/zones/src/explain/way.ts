import { createEdge, type Decision, type EdgeDeps } from '@sax/edge'
import {
  assetBucketName,
  type CacheBehavior,
  cachePolicyIds,
  type Distribution,
  distributions,
  functionName,
  host as hostZone,
  logGroupName,
  type OriginId,
  originRequestPolicyIds,
  ownerOf,
  type RoutingMode,
  type Stage,
  stages,
  type ZoneName,
} from '@sax/topology'

/** A request as its sender wrote it. */
export interface Asked {
  readonly method: string
  /** Host, with the port when it is not the scheme's own. */
  readonly host: string
  /** Path and query, exactly as typed: nothing resolved, nothing decoded. */
  readonly target: string
  readonly headers: Headers
}

/** One station of a request's way. Header values are never part of it: they may be credentials. */
export type Hop =
  | {
      readonly kind: 'distribution'
      readonly zone: ZoneName
      readonly host: string
      /** Place of the behaviour in CloudFront's order, from 1; the default behaviour is the last. */
      readonly behaviorNumber: number
      readonly behaviorCount: number
      readonly pathPattern: string
      readonly cachePolicy: string
      readonly originRequestPolicy: string
      readonly cache: 'never stored' | 'stored, the key is the path alone'
      readonly forwardedHostFunction: boolean
      readonly forwarded: readonly string[]
      readonly dropped: readonly string[]
      readonly origin: OriginId
    }
  | { readonly kind: 'refused'; readonly zone: ZoneName | undefined; readonly status: number; readonly reason: string }
  /** The host's proxy takes the request to the zone's own name, with a user context of its own making. */
  | { readonly kind: 'carried'; readonly zone: ZoneName; readonly to: string }
  | { readonly kind: 'answered'; readonly by: string; readonly logGroup: string | undefined }

/**
 * The stations a request passes in a stage, in order, as the front door and the topology decide them. Ends with
 * `answered` or `refused`. What the answering program then does (401, 404, a page) is not part of it.
 */
export async function wayOf(asked: Asked, stage: Stage, routing: RoutingMode): Promise<readonly Hop[]> {
  const all = distributions(stage, routing)
  const edge = createEdge(edgeDeps(stage, all))
  const info = {
    target: asked.target,
    ip: '192.0.2.1',
    requestBytes:
      asked.target.length + [...asked.headers].reduce((sum, [name, value]) => sum + name.length + value.length + 4, 0),
    hasBody: false,
    signal: new AbortController().signal,
  }
  const hops: Hop[] = []
  // A request passes each distribution at most once; the topology has no way back.
  let name = asked.host
  let viewer = asked.headers
  for (const _distribution of all) {
    const headers = new Headers([...viewer, ['host', name]])
    const request = new Request(`${stages[stage].scheme}://${name}/`, { method: asked.method, headers })
    const decision = edge.decide(request, info)
    const distribution = all.find(({ aliases }) => aliases.includes(name))
    if (decision.kind === 'refused' || distribution === undefined) {
      const { status } = await edge(request, info)
      const reason = decision.kind === 'refused' ? decision.refusal : 'unknown_host'
      return [...hops, { kind: 'refused', zone: distribution?.zone, status, reason }]
    }
    const station = stationOf(distribution, name, decision, viewer)
    hops.push(station)
    const owner = ownerOf(decision.path)
    if (decision.behavior.targetOriginId !== `${hostZone.name}-pages` || owner.name === hostZone.name) {
      return [...hops, answeredBy(stage, decision.behavior.targetOriginId)]
    }
    name = stages[stage].domains[owner.name].name
    viewer = new Headers([...viewer].filter(([header]) => station.forwarded.includes(header)))
    hops.push({ kind: 'carried', zone: owner.name, to: `${stages[stage].scheme}://${name}` })
  }
  throw new Error('the topology leads a request in a circle')
}

function stationOf(
  distribution: Distribution,
  host: string,
  { behavior, request }: Extract<Decision, { kind: 'forward' }>,
  viewer: Headers,
): Extract<Hop, { kind: 'distribution' }> {
  const order: readonly CacheBehavior[] = [...distribution.cacheBehaviors, distribution.defaultCacheBehavior]
  const sent = [...viewer.keys()].filter((header) => header !== 'host')
  return {
    kind: 'distribution',
    zone: distribution.zone,
    host,
    behaviorNumber: order.indexOf(behavior) + 1,
    behaviorCount: order.length,
    pathPattern: behavior.pathPattern,
    cachePolicy: `${behavior.cachePolicy} ${cachePolicyIds[behavior.cachePolicy]}`,
    originRequestPolicy: `${behavior.originRequestPolicy} ${originRequestPolicyIds[behavior.originRequestPolicy]}`,
    cache: behavior.cachePolicy === 'CachingDisabled' ? 'never stored' : 'stored, the key is the path alone',
    forwardedHostFunction: behavior.forwardedHostFunction,
    forwarded: sent.filter((header) => request.headers.has(header)),
    dropped: sent.filter((header) => !request.headers.has(header)),
    origin: behavior.targetOriginId,
  }
}

function answeredBy(stage: Stage, origin: OriginId): Hop {
  if (stage === 'local' || stage === 'rehearsal') return { kind: 'answered', by: origin, logGroup: undefined }
  switch (origin) {
    case 'sleepconnect-pages':
      return ofFunction(stage, 'sleep-connect-server')
    case 'outreach-pages':
      return ofFunction(stage, 'outreach-server')
    case 'outreach-api-routes':
      return ofFunction(stage, 'outreach-api-routes')
    case 'outreach-assets':
      return { kind: 'answered', by: `s3://${assetBucketName(stage)}`, logGroup: undefined }
    case 'sleepconnect-assets':
      return { kind: 'answered', by: "the host's asset bucket", logGroup: undefined }
  }
}

function ofFunction(stage: Stage, role: Parameters<typeof functionName>[1]): Hop {
  return { kind: 'answered', by: functionName(stage, role), logGroup: logGroupName(stage, role) }
}

/** An edge that only decides: every origin exists, and none is ever asked. */
function edgeDeps(stage: Stage, all: readonly Distribution[]): EdgeDeps {
  const silent = () => undefined
  const ids = all.flatMap((one) => [...one.cacheBehaviors, one.defaultCacheBehavior]).map((one) => one.targetOriginId)
  return {
    distributions: all,
    origins: Object.fromEntries(ids.map((id) => [id, new URL(`https://${id}.invalid`)])),
    scheme: stages[stage].scheme,
    fetchOrigin: () => Promise.reject(new Error('explaining a request asks nobody')),
    log: { debug: silent, info: silent, warn: silent, error: silent },
    newId: () => 'explained',
    nowMs: () => 0,
  }
}
