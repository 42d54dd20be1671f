'use client'

import { useState } from 'react'
import { browserStorage } from '../../shell/browser-storage.ts'

const KEY = 'outreach-enter-sends'

/** Whether Enter sends, as the person chose in this browser. At first it does not: a message cannot be taken back. */
export function useEnterSends(): readonly [boolean, (sends: boolean) => void] {
  const [storage] = useState(browserStorage)
  const [sends, setSends] = useState(() => storage.getItem(KEY) === 'true')
  const choose = (next: boolean) => {
    setSends(next)
    try {
      storage.setItem(KEY, String(next))
    } catch {
      // Chosen for as long as the page is open.
    }
  }
  return [sends, choose]
}
