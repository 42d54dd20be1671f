'use client'

import { useMemo } from 'react'
import { useViewer } from '../../shell/viewer.tsx'
import { createDraftStore, type DraftStore } from './draft-store.ts'

/** The drafts of the person who is signed in, in this browser. Call it in the browser only. */
export function useDraftStore(): DraftStore {
  const { saxId, practiceId } = useViewer()
  return useMemo(() => createDraftStore(browserStorage(), { saxId, practiceId }), [saxId, practiceId])
}

/** The browser's storage; where it is switched off, one that keeps nothing and says so when asked to. */
function browserStorage(): Pick<Storage, 'getItem' | 'setItem' | 'removeItem'> {
  try {
    return window.localStorage
  } catch {
    return {
      getItem: () => null,
      setItem: () => {
        throw new DOMException('storage is switched off', 'QuotaExceededError')
      },
      removeItem: () => undefined,
    }
  }
}
