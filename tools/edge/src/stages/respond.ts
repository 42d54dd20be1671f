import { removeHopByHop } from './hop-by-hop.ts'

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
 * Makes an origin's or a function's headers those that a viewer gets, in place: without what is between two neighbours,
 * with what CloudFront says of its own part. An error is called one, wherever it came from.
 * @source AWS CloudFront Developer Guide, "Understand cache hits, misses and errors"; the words of X-Cache are
 * documented only second-hand
 */
export function addOwnHeaders(headers: Headers, status: number, facts: RespondFacts): void {
  removeHopByHop(headers)
  const isPlainError = status >= 400 && ['Miss', 'Hit', 'RefreshHit'].includes(facts.cacheStatus)
  headers.set('x-cache', `${isPlainError ? 'Error' : facts.cacheStatus} from cloudfront`)
  headers.append('via', `1.1 ${facts.edgeName} (CloudFront)`)
  headers.set('x-amz-cf-pop', POP)
  headers.set('x-amz-cf-id', facts.cfId)
  if (facts.ageSec !== undefined) headers.set('age', String(facts.ageSec))
}
