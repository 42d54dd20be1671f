import type { Adapter, AdapterPayload } from 'oidc-provider'

interface Entry {
  readonly payload: AdapterPayload
  readonly endsMs: number
}

/** Sessions and codes of one provider. They end with its process. */
export class MemoryStore {
  readonly #entries = new Map<string, Entry>()
  readonly #nowMs: () => number

  constructor(nowMs: () => number) {
    this.#nowMs = nowMs
  }

  /** What the provider asks for one of its models. */
  adapter(model: string): Adapter {
    const entries = this.#entries
    const key = (id: string) => `${model}:${id}`
    const find = (wanted: (payload: AdapterPayload, at: string) => boolean) => {
      for (const [at, { payload, endsMs }] of entries) {
        if (endsMs < this.#nowMs()) entries.delete(at)
        else if (at.startsWith(`${model}:`) && wanted(payload, at)) return payload
      }
      return undefined
    }
    return {
      upsert: async (id, payload, expiresInSec) => {
        entries.set(key(id), { payload, endsMs: this.#nowMs() + (expiresInSec ?? Number.POSITIVE_INFINITY) * 1000 })
      },
      find: async (id) => find((_payload, at) => at === key(id)),
      findByUserCode: async (userCode) => find((payload) => payload.userCode === userCode),
      findByUid: async (uid) => find((payload) => payload.uid === uid),
      consume: async (id) => {
        const payload = entries.get(key(id))?.payload
        if (payload) payload.consumed = Math.floor(this.#nowMs() / 1000)
      },
      destroy: async (id) => {
        entries.delete(key(id))
      },
      revokeByGrantId: async (grantId) => {
        for (const [at, { payload }] of entries) {
          if (at.startsWith(`${model}:`) && payload.grantId === grantId) entries.delete(at)
        }
      },
    }
  }
}
