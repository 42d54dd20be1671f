import type { Fingerprint } from './fingerprint.ts'
import type { SecretState, SecretStore } from './secret-store.ts'

/** What a command has changed so far, for whoever has to say so when it ends early. */
export interface Journal {
  /** Names of secrets that were certainly written, in order. */
  readonly written: string[]
  /** Name of the secret whose write was sent and not answered. */
  sent: string | undefined
}

export type Written =
  /** Read back and found equal. */
  | { readonly kind: 'proven'; readonly fingerprint: string; readonly createdAtMs: number; readonly nowMs: number }
  /** Somebody else changed the secret since it was looked at; nothing was written. */
  | { readonly kind: 'overtaken' }
  /** Written, and something else was read back: somebody else wrote after us. */
  | { readonly kind: 'replaced' }

export interface WritingPorts {
  readonly store: SecretStore
  readonly fingerprint: Fingerprint
}

export interface Writing {
  /** What the journal calls it. */
  readonly name: string
  readonly secretId: string
  readonly text: string
  /** The state that it follows. */
  readonly after: SecretState
}

/** Writes one version, reads it back and compares the two by their fingerprints. @throws AwsFailure */
export async function writeSecret(
  { name, secretId, text, after }: Writing,
  journal: Journal,
  { store, fingerprint }: WritingPorts,
): Promise<Written> {
  journal.sent = name
  const answer = await store.write(secretId, text, after)
  journal.sent = undefined
  if (answer === 'overtaken') return { kind: 'overtaken' }
  journal.written.push(name)
  const stored = await store.state(secretId)
  const wanted = fingerprint(text)
  if (stored?.current === undefined || fingerprint(stored.current.text) !== wanted) return { kind: 'replaced' }
  return { kind: 'proven', fingerprint: wanted, createdAtMs: stored.current.createdAtMs, nowMs: stored.nowMs }
}
