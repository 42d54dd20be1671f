/** A request as it came in. Nothing is decoded: what is passed on must be what the client signed. */
export interface CloudRequest {
  readonly method: string
  /** Path as sent, percent-encoded, without the query. */
  readonly path: string
  /** Query as sent, without the question mark. */
  readonly query: string
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>
  readonly body: Buffer
}

/** What goes back. */
export interface CloudAnswer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: Buffer | string
}
