/** Why a pattern cannot be decided. Closed set: callers may switch over it exhaustively. */
export type PathSourceRefusal =
  /** Neither Next nor a regular expression engine could read it. */
  | 'unreadable'
  /** Backreferences and lookbehinds: what they match is not decided here, and is not guessed either. */
  | 'unsupported'
  /** More states than a pattern for paths has any use for. */
  | 'too_large'

/** A pattern that was refused, never approximated. `source` is the pattern as it was written. */
export class PathSourceError extends Error {
  override readonly name = 'PathSourceError'
  readonly code: PathSourceRefusal
  readonly source: string
  constructor(code: PathSourceRefusal, source: string, options?: ErrorOptions) {
    super(`path pattern ${source} refused: ${code}`, options)
    this.code = code
    this.source = source
  }
}
