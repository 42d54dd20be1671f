/**
 * Why a stored secret could not be read. Closed set.
 *
 * - `not_found`: there is none of that name, or it has no value yet
 * - `denied`: whoever asks may not read it, or is not known
 * - `unusable`: it is marked for deletion, or its key is
 * - `malformed`: its value is not what the reader knows
 * - `unavailable`: no answer in time, or none that says anything
 */
export type StoredSecretFailure = 'not_found' | 'denied' | 'unusable' | 'malformed' | 'unavailable'

/** A stored secret that could not be read. Names the secret; neither `message` nor any field holds a value. */
export class StoredSecretError extends Error {
  override readonly name = 'StoredSecretError'
  readonly code: StoredSecretFailure
  constructor(id: string, code: StoredSecretFailure, options?: ErrorOptions) {
    super(`the secret ${id} could not be read: ${code}`, options)
    this.code = code
  }
}
