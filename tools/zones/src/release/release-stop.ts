/** Why a run ends before its end. Closed set. */
export type StopCode =
  /** Something does not allow it. */
  | 'refused'
  /** Somebody else has the lock now. */
  | 'lock_lost'
  /** A version, a file or a step is not as it must be. */
  | 'failed'

/** The end of a run, in words for whoever started it. Holds no value of a secret and no answer of a function. */
export class ReleaseStop extends Error {
  override readonly name = 'ReleaseStop'
  readonly code: StopCode
  constructor(code: StopCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}
