/** A request in whole, as it came in. */
export interface FrontRequest {
  readonly method: string
  /** Path and query as sent. */
  readonly target: string
  /** Names in lower case; several values of one name are joined by commas, cookies by semicolons. */
  readonly headers: Readonly<Record<string, string>>
  readonly body: Buffer
  readonly sourceIp: string
}
