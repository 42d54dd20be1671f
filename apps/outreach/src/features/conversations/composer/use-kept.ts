import { browserStorage } from '@sax/ui/browser-storage'
import { useCallback, useEffect, useState } from 'react'

/** How something is written to the browser's storage, and read from it. The functions stay the same ones. */
export interface Keeping<T> {
  readonly parse: (text: string | null) => T
  /** With the time beside it, epoch milliseconds. Removes what is empty. False when the browser keeps nothing. */
  readonly keep: (storage: Pick<Storage, 'setItem' | 'removeItem'>, key: string, value: T, keptAtMs: number) => boolean
}

/**
 * What a person writes, kept in this browser with every key: it outlives a reload and a session that ended, and other
 * tabs follow it, also when it goes because the person signed out. Use it in what is drawn in the browser only.
 */
export function useKept<T>(key: string, { parse, keep }: Keeping<T>) {
  const [storage] = useState(browserStorage)
  const [value, setValue] = useState<T>(() => parse(storage.getItem(key)))
  const [kept, setKept] = useState(true)

  const change = useCallback(
    (next: T) => {
      setValue(next)
      setKept(keep(storage, key, next, Date.now()))
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
