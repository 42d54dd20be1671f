'use client'

import { useEffect, useSyncExternalStore } from 'react'

/** Code that a page does without at first. */
export interface Later<T> {
  /** Fetches it, unless it is there or on its way. A failed attempt is forgotten: the next call makes another one. */
  load(): Promise<T>
  /** The code, once it is there. */
  now(): T | undefined
  /** Answers how to stop listening. */
  subscribe(listener: () => void): () => void
}

/** Code behind an `import()`, to be fetched when somebody wants it, or when there is nothing else to do. */
export function later<T>(fetchCode: () => Promise<T>): Later<T> {
  const listeners = new Set<() => void>()
  let code: T | undefined
  let onItsWay: Promise<T> | undefined
  const fetchOnce = async () => {
    try {
      code = await fetchCode()
    } finally {
      onItsWay = undefined
    }
    for (const listener of listeners) listener()
    return code
  }
  return {
    load: () => {
      if (code !== undefined) return Promise.resolve(code)
      onItsWay ??= fetchOnce()
      return onItsWay
    },
    now: () => code,
    subscribe: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

/** The code once it is there, asked for as soon as it is `wanted`; undefined before, and on the server. */
export function useLater<T>(code: Later<T>, wanted: boolean): T | undefined {
  useEffect(() => {
    // Without a network it stays away, and the next thing that wants it asks again.
    if (wanted) void code.load().catch(() => undefined)
  }, [code, wanted])
  return useSyncExternalStore(code.subscribe, code.now, () => undefined)
}

/** After the page has loaded, what the person came for has this long before anything else is fetched. */
const FIRST_THINGS_FIRST_MS = 1500

/**
 * Fetches code that will probably be wanted, one after the other, once the page has loaded and the browser is idle.
 * After that a menu opens at once, and also without a network.
 */
export function useWhenIdle(codes: readonly Pick<Later<unknown>, 'load'>[]): void {
  useEffect(() => {
    const over = new AbortController()
    let timer: ReturnType<typeof setTimeout>
    const fetchAll = async () => {
      for (const code of codes) {
        if (over.signal.aborted) return
        await code.load().catch(() => undefined)
      }
    }
    const begin = () => {
      timer = setTimeout(() => {
        if (typeof requestIdleCallback === 'function') requestIdleCallback(() => void fetchAll(), { timeout: 5000 })
        // Safari has no idle callbacks.
        else void fetchAll()
      }, FIRST_THINGS_FIRST_MS)
    }
    if (document.readyState === 'complete') begin()
    else window.addEventListener('load', begin, { signal: over.signal })
    return () => {
      over.abort()
      clearTimeout(timer)
    }
  }, [codes])
}
