/** Why a user-context token was refused. Closed set: callers may switch over it exhaustively. */
export type UserContextRefusal = 'missing' | 'malformed' | 'expired' | 'untrusted' | 'wrong_audience'

/** A refused user-context token. Neither `message` nor any field holds the token or its claims. */
export class UserContextError extends Error {
  override readonly name = 'UserContextError'
  readonly code: UserContextRefusal
  constructor(code: UserContextRefusal) {
    super(`user context refused: ${code}`)
    this.code = code
  }
}
