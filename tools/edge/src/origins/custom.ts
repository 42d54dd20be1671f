import type { Origin } from '../config/distribution.ts'
import { createOriginFetcher, type OriginPatience } from '../fetch-origin.ts'
import type { OriginFetcher, OriginRequest } from './origin.ts'

/** The name an origin is known by, and the address that stands in for it. */
export interface CustomOriginOptions {
  readonly origin: Pick<Origin, 'domainName'> & OriginPatience
  readonly url: URL
}

/** A plain HTTP server as an origin. It hears its own name as Host, or the viewer's where a policy forwards that. */
export function createCustomOrigin({ origin, url }: CustomOriginOptions): OriginFetcher {
  const ask = createOriginFetcher(url, origin)
  const fetcher = (request: OriginRequest): Promise<Response> =>
    ask({ ...request, headers: underOwnName(request.headers, origin.domainName, url) })
  return Object.assign(fetcher, { url, close: () => ask.close?.() ?? Promise.resolve() })
}

/** Headers with the stand-in's address where they name the origin it stands in for. */
export function underOwnName(sent: Headers, domainName: string, url: URL): Headers {
  const headers = new Headers(sent)
  if (headers.get('host')?.toLowerCase() === domainName.toLowerCase()) headers.set('host', url.host)
  return headers
}
