/** What a Request cannot say because it is a parsed one. */
export interface ViewerInfo {
  /** The request line's own text: `/path?query`, not resolved, not decoded. */
  readonly target: string
  readonly ip: string
  /** Bytes of request line and headers as sent. */
  readonly requestBytes: number
  /** True when the request declares a body, also on a GET (whose Request then has none). */
  readonly hasBody: boolean
  /** Aborted when the viewer goes away. */
  readonly signal: AbortSignal
}
