import type { Behind } from './behind.ts'

/**
 * One station of a request's way. Header, cookie and query values are never part of it: they may be credentials. Paths
 * are.
 */
export type Hop =
  | DistributionHop
  /** The front door answers by itself. */
  | {
      readonly kind: 'ended'
      /** The function's name, or the distribution's id; undefined: no distribution has the host name. */
      readonly by: string | undefined
      readonly status: number
      readonly reason: string
    }
  /** The host's proxy takes the request to a zone's own name. */
  | CarriedHop
  | AnsweredHop
  /** The way goes on where this configuration does not reach. */
  | { readonly kind: 'elsewhere'; readonly host: string }

export interface DistributionHop {
  readonly kind: 'distribution'
  readonly id: string
  /** Zone whose public name it answers to, when that is known. */
  readonly zone: string | undefined
  /** As asked: an alias, or the distribution's own name. */
  readonly host: string
  readonly firewall: string | undefined
  readonly behavior: {
    /** Place in CloudFront's order, from 1; the default behaviour is the last. */
    readonly number: number
    readonly count: number
    readonly pathPattern: string
    /** Patterns that were tried and did not match. */
    readonly triedBefore: readonly string[]
  }
  readonly policies: {
    readonly cache: string
    readonly originRequest: string | undefined
    readonly responseHeaders: string | undefined
  }
  readonly viewerRequest: FunctionStep | undefined
  readonly viewerResponse: string | undefined
  readonly cache: CacheVerdict | undefined
  /** Undefined: the request goes no further. */
  readonly sent: Sent | undefined
  /** What of the configuration could not be honoured here. */
  readonly notes: readonly string[]
}

/** What a function made of the request, by name. */
export interface FunctionStep {
  readonly name: string
  /** `unknown`: the configuration names the function and does not hold its source. */
  readonly outcome: 'changed' | 'unchanged' | 'answered' | 'failed' | 'not run' | 'unknown'
  readonly headersSet: readonly string[]
  readonly headersRemoved: readonly string[]
  readonly newPath: string | undefined
  readonly queryChanged: boolean
}

/** Whether an answer may be kept, under what key, for how long unless the origin says otherwise. */
export interface CacheVerdict {
  readonly stored: boolean
  readonly why: string | undefined
  readonly key: readonly string[]
  readonly minTtlSec: number
  readonly defaultTtlSec: number
  readonly maxTtlSec: number
}

export interface Sent {
  readonly origin: string
  /** Path asked of the origin, its own included. */
  readonly path: string
  readonly hasQuery: boolean
  readonly signed: boolean
  readonly forwarded: readonly string[]
  readonly dropped: readonly string[]
  /** Why the origin would refuse, as far as the configuration tells. */
  readonly refusals: readonly string[]
}

export interface CarriedHop {
  readonly kind: 'carried'
  readonly zone: string
  readonly to: string
  /** Line of the routing table that holds the path. */
  readonly pattern: string
  /** Whose token goes along. */
  readonly token: string
  readonly set: readonly string[]
  readonly dropped: readonly string[]
}

export interface AnsweredHop extends Omit<Behind, 'kind'> {
  readonly kind: 'answered'
  readonly origin: string
  readonly behind: Behind['kind']
}
