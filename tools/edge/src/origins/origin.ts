/** What the front door asks of an origin. */
export interface OriginRequest {
  /** Path and query, to be sent as they are. */
  readonly target: string
  readonly method: string
  readonly headers: Headers
  readonly body: ReadableStream<Uint8Array> | null
  /** Aborted when nobody waits for the answer any more. */
  readonly signal: AbortSignal
  /** Id of the distribution whose origin access control signed the request; undefined: it is not signed. */
  readonly signedBy: string | undefined
}

/** Asks one origin. @throws OriginError when no answer comes. */
export interface OriginFetcher {
  (request: OriginRequest): Promise<Response>
  /** Where WebSockets of this origin may go; absent: it takes none. */
  readonly url?: URL
  /** Ends the idle connections. */
  close?(): Promise<void>
}

/** Why no answer came from an origin. Closed set. */
export type OriginFailure = 'origin_down' | 'origin_silent'

/** No answer came from an origin: 502 when it is down or talks nonsense, 504 when it says nothing. */
export class OriginError extends Error {
  override readonly name = 'OriginError'
  readonly code: OriginFailure
  /** The error it counts as. */
  readonly status: 502 | 504
  constructor(code: OriginFailure, options?: ErrorOptions) {
    super(code, options)
    this.code = code
    this.status = code === 'origin_silent' ? 504 : 502
  }
}
