import { type SecretState, type SecretStore, successorId } from '../secret-store.ts'

interface MemoryVersion {
  readonly id: string
  readonly text: string
  readonly createdAtMs: number
}

interface MemorySecret {
  readonly arn: string
  readonly versions: MemoryVersion[]
  currentId: string | undefined
  previousId: string | undefined
}

/** A store in memory with the rules of Secrets Manager that the commands lean on: labels, and ids that are used once. */
export interface MemoryStore extends SecretStore {
  /** Its own clock, milliseconds since the epoch. */
  nowMs: number
  /** Every version ever written under a name, oldest first. */
  readonly versionsOf: (secretId: string) => readonly MemoryVersion[]
  /** Name and parameters of every call, in order. */
  readonly calls: (readonly [call: string, ...parameters: readonly unknown[]])[]
}

/** A store with these secrets; null: it is there and has no value. */
export function memoryStore(values: Readonly<Record<string, string | null>>, startMs: number): MemoryStore {
  const secrets = new Map<string, MemorySecret>()
  for (const [secretId, text] of Object.entries(values)) {
    const arn = `arn:aws:secretsmanager:us-east-1:111122223333:secret:${secretId}-AbCdEf`
    const first = text === null ? undefined : { id: `${secretId} version 1`, text, createdAtMs: startMs }
    secrets.set(secretId, { arn, versions: first ? [first] : [], currentId: first?.id, previousId: undefined })
  }
  const find = (secretId: string) => secrets.get(secretId) ?? [...secrets.values()].find(({ arn }) => arn === secretId)

  const store: MemoryStore = {
    nowMs: startMs,
    calls: [],
    versionsOf: (secretId) => find(secretId)?.versions ?? [],
    async state(secretId): Promise<SecretState | undefined> {
      store.calls.push(['state', secretId])
      const secret = find(secretId)
      if (secret === undefined) return undefined
      const current = secret.versions.find(({ id }) => id === secret.currentId)
      const { arn, currentId, previousId } = secret
      return { arn, nowMs: store.nowMs, currentId, previousId, current }
    },
    async textOf(secretId, versionId) {
      store.calls.push(['textOf', secretId, versionId])
      return find(secretId)?.versions.find(({ id }) => id === versionId)?.text
    },
    async write(secretId, text, after) {
      const id = successorId(after)
      store.calls.push(['write', secretId, text, id])
      const secret = find(secretId)
      if (secret === undefined) throw new Error('no such secret')
      const taken = secret.versions.find((version) => version.id === id)
      if (taken !== undefined) return taken.text === text ? 'written' : 'overtaken'
      secret.versions.push({ id, text, createdAtMs: store.nowMs })
      secret.previousId = secret.currentId
      secret.currentId = id
      return 'written'
    },
  }
  return store
}
