import { createHash } from 'node:crypto'

/** The version of a secret that is in use. */
export interface StoredVersion {
  readonly text: string
  /** When it was written, by the store's clock, milliseconds since the epoch. */
  readonly createdAtMs: number
}

/** A secret as it was at one moment. */
export interface SecretState {
  readonly arn: string
  /** The store's own clock when it answered, milliseconds since the epoch. */
  readonly nowMs: number
  /** Ids of the versions that carry the labels AWSCURRENT and AWSPREVIOUS. */
  readonly currentId: string | undefined
  readonly previousId: string | undefined
  /** Undefined: the secret is there, and nobody has given it a value. */
  readonly current: StoredVersion | undefined
}

export interface SecretStore {
  /** Undefined: there is no secret of that name. */
  readonly state: (secretId: string) => Promise<SecretState | undefined>
  /** Text of one version. Undefined: it is there no longer. */
  readonly textOf: (secretId: string, versionId: string) => Promise<string | undefined>
  /**
   * Writes the version that follows `after`, which takes its place at once. `overtaken`: that version has been followed
   * by another one already, and nothing was written.
   */
  readonly write: (secretId: string, text: string, after: SecretState) => Promise<'written' | 'overtaken'>
}

/**
 * Id of the one version that may follow a state. Whoever repeats a write repeats its id, which changes nothing; whoever
 * writes something else after the same state is refused, so that of two people at work only one succeeds. It is made from
 * ids alone: one made from the value would tell something of it.
 * @source AWS Secrets Manager API Reference, "PutSecretValue": ClientRequestToken
 */
export function successorId({ arn, currentId = '', previousId = '' }: SecretState): string {
  const digits = createHash('sha256').update([arn, currentId, previousId].join('\n')).digest('hex')
  // A UUID whose version says that its bits are somebody's own. @source RFC 9562 section 5.8
  return digits.replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12}).*$/, '$1-$2-8$3-a$4-$5')
}
