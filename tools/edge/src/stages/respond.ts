import { endToEndHeaders } from './hop-by-hop.ts'

/** How an answer came about, in CloudFront's words. */
export type CacheStatus =
  | 'Miss'
  | 'Hit'
  | 'RefreshHit'
  | 'Error'
  | 'Redirect'
  | 'FunctionGeneratedResponse'
  | 'FunctionValidationError'
  | 'FunctionExecutionError'

/** Three letters of an airport nobody flies to, and a number, as CloudFront names its places. */
const POP = 'LAP50-P1'

export interface RespondFacts {
  readonly cacheStatus: CacheStatus
  /** Whole seconds a cached answer has been kept; undefined: it is not cached. */
  readonly ageSec: number | undefined
  readonly edgeName: string
  readonly cfId: string
}

/**
 * The headers a viewer gets: without those between two neighbours, with what CloudFront says of its own part. An error
 * is called one, wherever it came from.
 * @source AWS CloudFront Developer Guide, "Understand cache hits, misses and errors"; the words of X-Cache are
 * documented only second-hand
 */
export function viewerResponseHeaders(headers: Headers, status: number, facts: RespondFacts): Headers {
  const sent = endToEndHeaders(headers)
  const isPlainError = status >= 400 && ['Miss', 'Hit', 'RefreshHit'].includes(facts.cacheStatus)
  sent.set('x-cache', `${isPlainError ? 'Error' : facts.cacheStatus} from cloudfront`)
  sent.append('via', `1.1 ${facts.edgeName} (CloudFront)`)
  sent.set('x-amz-cf-pop', POP)
  sent.set('x-amz-cf-id', facts.cfId)
  if (facts.ageSec !== undefined) sent.set('age', String(facts.ageSec))
  return sent
}
