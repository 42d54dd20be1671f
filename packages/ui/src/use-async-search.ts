import { useCallback, useEffect, useRef, useState } from 'react'

const DEBOUNCE_MS = 200

interface AsyncSearch<Item> {
  /** Of the last search that came back; kept while the next one is under way, so that the list does not flicker. */
  readonly items: readonly Item[]
  readonly state: 'loading' | 'loaded' | 'failed'
  readonly retry: () => void
}

/** Runs `search` for the newest query only: at once for the empty one, 200 ms after the last key for others. */
export function useAsyncSearch<Item>(
  search: (query: string, signal: AbortSignal) => Promise<readonly Item[]>,
  query: string,
): AsyncSearch<Item> {
  const [found, setFound] = useState<Omit<AsyncSearch<Item>, 'retry'>>({ items: [], state: 'loading' })
  const [attempt, setAttempt] = useState(0)
  // Callers write `search` inline; a new function on each render must not start a new search.
  const latest = useRef(search)
  useEffect(() => {
    latest.current = search
  }, [search])

  // biome-ignore lint/correctness/useExhaustiveDependencies: `attempt` is how `retry` asks again
  useEffect(() => {
    const stop = new AbortController()
    const run = async () => {
      try {
        const items = await latest.current(query, stop.signal)
        if (!stop.signal.aborted) setFound({ items, state: 'loaded' })
      } catch {
        if (!stop.signal.aborted) setFound({ items: [], state: 'failed' })
      }
    }
    setFound((before) => ({ items: before.items, state: 'loading' }))
    const later = setTimeout(() => void run(), query === '' ? 0 : DEBOUNCE_MS)
    return () => {
      clearTimeout(later)
      stop.abort()
    }
  }, [query, attempt])

  return { ...found, retry: useCallback(() => setAttempt((count) => count + 1), []) }
}
