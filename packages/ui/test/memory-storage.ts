import type { BrowserStorage } from '../src/browser-storage.ts'

/** What a browser keeps, in memory. */
export function memoryStorage(start: Readonly<Record<string, unknown>> = {}): BrowserStorage & {
  readonly kept: Map<string, string>
} {
  const kept = new Map(
    Object.entries(start).map(([key, value]) => [key, typeof value === 'string' ? value : JSON.stringify(value)]),
  )
  return {
    kept,
    get length() {
      return kept.size
    },
    key: (at) => [...kept.keys()][at] ?? null,
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => void kept.set(key, value),
    removeItem: (key) => void kept.delete(key),
  }
}
