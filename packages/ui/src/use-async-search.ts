import { useCallback, useEffect, useRef, useState } from 'react'

const DEBOUNCE_MS = 200

interface AsyncSearch<Item> {
  /** Of the last search that came back; kept while the next one is under way, so that the list does not flicker. */
  readonly items: readonly Item[]
  /** `loading` from the moment on that the query is another one: `items` are then no answer to it. */
  readonly state: 'loading' | 'loaded' | 'failed'
  readonly retry: () => void
}

type Found<Item> = Omit<AsyncSearch<Item>, 'retry'> & { readonly query: string }

/** Runs `search` for the newest query only: at once for the empty one, 200 ms after the last key for others. */
export function useAsyncSearch<Item>(
  search: (query: string, signal: AbortSignal) => Promise<readonly Item[]>,
  query: string,
): AsyncSearch<Item> {
  const [found, setFound] = useState<Found<Item>>({ items: [], state: 'loading', query })
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
        if (!stop.signal.aborted) setFound({ items, state: 'loaded', query })
      } catch {
        if (!stop.signal.aborted) setFound({ items: [], state: 'failed', query })
      }
    }
    setFound((before) => ({ ...before, state: 'loading' }))
    const later = setTimeout(() => void run(), query === '' ? 0 : DEBOUNCE_MS)
    return () => {
      clearTimeout(later)
      stop.abort()
    }
  }, [query, attempt])

  const { items, state } = found
  const retry = useCallback(() => setAttempt((count) => count + 1), [])
  return { items, state: found.query === query ? state : 'loading', retry }
}
