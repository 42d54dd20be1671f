import type { JsonObject } from '../engine/template.ts'
import type { Provisioned } from './provisioned.ts'

/** Something that only the layer remembers. */
export interface KeptResource extends Provisioned {
  readonly identifier: JsonObject
  readonly properties: JsonObject
}

/** Everything that only the layer remembers, of all accounts. */
export class KeptResources {
  readonly #kept = new Map<string, KeptResource>()

  find(type: string, accountId: string, identifier: JsonObject): KeptResource | undefined {
    return this.#kept.get(keyOf(type, accountId, identifier))
  }

  put(type: string, accountId: string, resource: KeptResource): void {
    this.#kept.set(keyOf(type, accountId, resource.identifier), resource)
  }

  delete(type: string, accountId: string, identifier: JsonObject): void {
    this.#kept.delete(keyOf(type, accountId, identifier))
  }

  of(type: string, accountId: string): readonly KeptResource[] {
    const prefix = `${type} ${accountId} `
    return [...this.#kept].filter(([key]) => key.startsWith(prefix)).map(([, resource]) => resource)
  }
}

function keyOf(type: string, accountId: string, identifier: JsonObject): string {
  return `${type} ${accountId} ${JSON.stringify(Object.entries(identifier).sort(([a], [b]) => (a < b ? -1 : 1)))}`
}
