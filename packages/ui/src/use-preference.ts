'use client'

import { useEffect, useState } from 'react'
import { browserStorage } from './browser-storage.ts'
import { useSession } from './session.tsx'
import { useHydrated } from './use-hydrated.ts'

/**
 * What a person has chosen for this browser, on or off, and how they choose otherwise: known everywhere on the page, in
 * other tabs and in the other zone at once. On the server, and before anything was chosen, it is as it is by default.
 * @param name Names nothing but the choice. `earlier`: the storage's key of the time before it was kept for each person.
 */
export function usePreference(
  name: string,
  { byDefault, earlier }: { readonly byDefault: boolean; readonly earlier?: string },
): readonly [boolean, (on: boolean) => void] {
  const key = `outreach-${name}:${useSession().saxId}`
  const [storage] = useState(browserStorage)
  const [told, setTold] = useState<string | null>(null)
  useEffect(() => {
    const onStorage = (event: StorageEvent) => {
      if (event.key === key) setTold(event.newValue)
    }
    window.addEventListener('storage', onStorage)
    return () => window.removeEventListener('storage', onStorage)
  }, [key])
  const choose = (on: boolean) => {
    const newValue = String(on)
    try {
      storage.setItem(key, newValue)
    } catch {
      // Chosen for as long as the page is open.
    }
    // The browser tells other tabs alone.
    window.dispatchEvent(new StorageEvent('storage', { key, newValue }))
  }
  const hydrated = useHydrated()
  const kept = hydrated ? (storage.getItem(key) ?? (earlier === undefined ? null : storage.getItem(earlier))) : null
  const chosen = told ?? kept
  return [chosen === null ? byDefault : chosen === 'true', choose]
}
