'use client'

import { useCallback, useEffect, useState } from 'react'
import { browserStorage } from '../../shell/browser-storage.ts'
import { useViewer } from '../../shell/viewer.tsx'
import { type DraftOwner, draftKey, keepDraft, type MessageDraft, parseDraft, withWords } from './message-draft.ts'

/**
 * The draft of one conversation, kept in this browser with every key: it outlives a reload and a session that ended, and
 * other tabs follow it. Use it in what is drawn in the browser only.
 */
export function useMessageDraft(draftId: string) {
  const { saxId, practiceId } = useViewer()
  const key = draftKey({ saxId, practiceId }, draftId)
  const [storage] = useState(browserStorage)
  const [draft, setDraft] = useState<MessageDraft>(() => parseDraft(storage.getItem(key)))
  const [kept, setKept] = useState(true)

  const change = useCallback(
    (next: MessageDraft) => {
      setDraft(next)
      setKept(keepDraft(storage, key, next))
    },
    [storage, key],
  )

  useEffect(() => {
    const onStorage = (event: StorageEvent) => {
      if (event.key === key) setDraft(parseDraft(event.newValue))
    }
    window.addEventListener('storage', onStorage)
    return () => window.removeEventListener('storage', onStorage)
  }, [key])

  return { draft, change, kept }
}

/** Puts words above the draft of a conversation. Its composer, should it be on this page, hears of it as other tabs do. */
export function addToDraft(owner: DraftOwner, conversationId: string, words: MessageDraft): void {
  const storage = browserStorage()
  const key = draftKey(owner, conversationId)
  const draft = withWords(parseDraft(storage.getItem(key)), words)
  keepDraft(storage, key, draft)
  window.dispatchEvent(new StorageEvent('storage', { key, newValue: JSON.stringify(draft) }))
}
