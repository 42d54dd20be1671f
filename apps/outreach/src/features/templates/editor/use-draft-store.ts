import { browserStorage } from '@sax/ui/browser-storage'
import { useMemo } from 'react'
import { useViewer } from '../../shell/viewer.tsx'
import { createDraftStore, type DraftStore } from './draft-store.ts'

/** The drafts of the person who is signed in, in this browser. Call it in the browser only. */
export function useDraftStore(): DraftStore {
  const { saxId, practiceId } = useViewer()
  return useMemo(() => createDraftStore(browserStorage(), { saxId, practiceId }), [saxId, practiceId])
}
