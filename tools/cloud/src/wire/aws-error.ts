/**
 * A refusal as AWS words it: a code that clients switch over, and a sentence. How it is written on the wire depends on
 * the protocol of the service.
 */
export class AwsError extends Error {
  override readonly name = 'AwsError'
  readonly code: string
  /** HTTP status. Default 400. */
  readonly status: number
  /** Further members of the error's body. */
  readonly members: Readonly<Record<string, unknown>>

  constructor(code: string, message: string, status = 400, members: Readonly<Record<string, unknown>> = {}) {
    super(message)
    this.code = code
    this.status = status
    this.members = members
  }
}
