'use client'

import { useCallback, useEffect, useState } from 'react'
import { browserStorage } from '../../shell/browser-storage.ts'

/** How something is written to the browser's storage, and read from it. The functions stay the same ones. */
export interface Keeping<T> {
  readonly parse: (text: string | null) => T
  /** Removes what is empty. False when the browser keeps nothing. */
  readonly keep: (storage: Pick<Storage, 'setItem' | 'removeItem'>, key: string, value: T) => boolean
}

/**
 * What a person writes, kept in this browser with every key: it outlives a reload and a session that ended, and other
 * tabs follow it. Use it in what is drawn in the browser only.
 */
export function useKept<T>(key: string, { parse, keep }: Keeping<T>) {
  const [storage] = useState(browserStorage)
  const [value, setValue] = useState<T>(() => parse(storage.getItem(key)))
  const [kept, setKept] = useState(true)

  const change = useCallback(
    (next: T) => {
      setValue(next)
      setKept(keep(storage, key, next))
    },
    [storage, key, keep],
  )

  useEffect(() => {
    const onStorage = (event: StorageEvent) => {
      if (event.key === key) setValue(parse(event.newValue))
    }
    window.addEventListener('storage', onStorage)
    return () => window.removeEventListener('storage', onStorage)
  }, [key, parse])

  return { value, change, kept }
}
