import type { CloudFrontClient } from '@aws-sdk/client-cloudfront'
import { errorFields, type Logger } from '@sax/logging'
import { type Caching, createCaching } from '../caching/caching.ts'
import type { Distribution, Origin } from '../config/distribution.ts'
import { readDistributions } from '../config/read-distribution.ts'
import { createEdge, type Edge } from '../edge.ts'
import { prepareTrustedFunction } from '../function-runtime/run-trusted-function.ts'
import type { OriginFetcher } from '../origins/origin.ts'
import { ownAnswer } from '../own-answer.ts'
import { selectDistribution } from '../stages/select-distribution.ts'
import type { ViewerInfo } from '../viewer-info.ts'
import { type AccountClients, accountReader, newInvalidations } from './read-account.ts'

export interface LiveEdgeOptions {
  readonly clients: AccountClients
  /** What answers for an origin. It is made anew when its distribution changes. */
  readonly originOf: (origin: Origin) => OriginFetcher
  /** Changes whenever something may have changed in the account. Looked at before each request. */
  readonly changes: () => unknown
  /** The account is read again after so long in any case. Default 1000 ms. */
  readonly maxAgeMs?: number
  /** Bytes of answers that each distribution keeps at most. */
  readonly cacheBytes: number
  readonly log: Logger
  readonly newId: () => string
  /** Milliseconds since 1970. */
  readonly nowMs: () => number
}

/** A distribution as it is at this moment, with the certificate it names. */
export interface LiveDistribution {
  readonly id: string
  readonly domainName: string
  readonly enabled: boolean
  readonly aliases: readonly string[]
  readonly certificateArn: string | undefined
}

export interface LiveEdge {
  /** The answer of whichever distribution has the viewer's Host among its names. */
  handle(request: Request, info: ViewerInfo): Promise<Response>
  /** What the account has now. */
  distributions(): Promise<readonly LiveDistribution[]>
  /** Ends the connections to the origins. */
  close(): Promise<void>
}

interface Running {
  readonly distribution: Distribution
  readonly certificateArn: string | undefined
  readonly edge: Edge
  readonly caching: Caching
  readonly origins: readonly OriginFetcher[]
  /** Ids of invalidations that have had their effect. */
  readonly invalidated: Set<string>
}

/**
 * The front door before an account: every distribution as CloudFront's API has it, followed while it changes, each with
 * a cache of its own. Invalidations take effect before the next request is answered.
 */
export function createLiveEdge(options: LiveEdgeOptions): LiveEdge {
  const { clients, changes, maxAgeMs = 1000, log, nowMs } = options
  const read = accountReader(clients)
  let running: readonly Running[] = []
  let template = ''
  let looked: { readonly atMs: number; readonly changes: unknown } | undefined
  let looking: Promise<void> | undefined

  const look = async (): Promise<void> => {
    const seen = { atMs: nowMs(), changes: changes() }
    const account = await read()
    if (account.template !== template) {
      const { template: text, domainNames, certificates } = account
      const isEmpty = Object.keys(domainNames).length === 0
      const distributions = isEmpty ? [] : readDistributions(text, { known: domainNames }).distributions
      const before = running
      running = distributions.map((one) => follow(one, certificates.get(one.id), before, options))
      template = text
      const kept = new Set(running.flatMap(({ origins }) => origins))
      for (const { origins } of before) {
        for (const origin of origins) if (!kept.has(origin)) void origin.close?.().catch(() => undefined)
      }
    }
    await Promise.all(running.map((one) => invalidate(clients.cloudFront, one)))
    looked = seen
  }

  /** Single flight. What cannot be read leaves things as they are, as a failing control plane leaves the edges. */
  const upToDate = async (): Promise<void> => {
    while (looked === undefined || nowMs() - looked.atMs >= maxAgeMs || looked.changes !== changes()) {
      const isOwn = looking === undefined
      looking ??= look().finally(() => {
        looking = undefined
      })
      try {
        await looking
      } catch (error) {
        if (looked === undefined) throw error
        log.warn('the account cannot be read', errorFields(error))
        return
      }
      if (isOwn) return
    }
  }

  return {
    handle: async (request, info) => {
      await upToDate()
      const host = request.headers.get('host')
      const names = running.map(({ distribution }) => distribution)
      const chosen = selectDistribution(names, host)
      const found = running.find(({ distribution }) => distribution === chosen)
      if (found !== undefined) return found.edge(request, info)
      const { method, headers } = request
      const asked = { path: info.target, accept: headers.get('accept'), method, requestId: options.newId() }
      return ownAnswer('unknown_host', asked)
    },
    distributions: async () => {
      await upToDate()
      return running.map(({ distribution: { id, domainName, enabled, aliases }, certificateArn }) => ({
        ...{ id, domainName, enabled, aliases, certificateArn },
      }))
    },
    close: async () => {
      await looking?.catch(() => undefined)
      await Promise.all(running.flatMap(({ origins }) => origins.map((origin) => origin.close?.())))
    },
  }
}

/** A distribution that has not changed goes on as it is; one that has keeps what its cache holds. */
function follow(
  distribution: Distribution,
  certificateArn: string | undefined,
  before: readonly Running[],
  { originOf, cacheBytes, log, newId, nowMs }: LiveEdgeOptions,
): Running {
  const earlier = before.find((one) => one.distribution.id === distribution.id)
  if (earlier !== undefined && textOf(earlier.distribution) === textOf(distribution)) {
    return { ...earlier, certificateArn }
  }
  const addresses = Object.fromEntries([...distribution.origins].map(([id, origin]) => [id, originOf(origin)]))
  const caching = earlier?.caching ?? createCaching({ maxBytes: cacheBytes, nowMs })
  return {
    ...{ distribution, certificateArn, caching, origins: Object.values(addresses) },
    edge: createEdge({
      ...{ distributions: [distribution], addresses, caching, log, newId, nowMs, protocol: 'https' },
      // An account's functions were put there by whoever runs this.
      prepareFunction: prepareTrustedFunction,
    }),
    invalidated: earlier?.invalidated ?? new Set(),
  }
}

async function invalidate(
  cloudFront: CloudFrontClient,
  { distribution, caching, invalidated }: Running,
): Promise<void> {
  for (const { id, paths } of await newInvalidations(cloudFront, distribution.id, invalidated)) {
    caching.invalidate(paths)
    invalidated.add(id)
  }
}

function textOf({ origins, ...distribution }: Distribution): string {
  return JSON.stringify({ ...distribution, origins: [...origins] })
}
