import { browserStorage } from '@sax/ui/browser-storage'
import type { Writer } from '@sax/ui/kept-writing'
import { useViewer } from '../../shell/viewer.tsx'
import { draftKey, keepDraft, type MessageDraft, parseDraft, withWords } from './message-draft.ts'
import { useKept } from './use-kept.ts'

const keeping = { parse: parseDraft, keep: keepDraft }

/** The draft of one conversation. Use it in what is drawn in the browser only. */
export function useMessageDraft(conversationId: string) {
  const { saxId, practiceId } = useViewer()
  const { value: draft, change, kept } = useKept(draftKey({ saxId, practiceId }, conversationId), keeping)
  return { draft, change, kept }
}

/** Puts words above the draft of a conversation. Its composer, should it be on this page, hears of it as other tabs do. */
export function addToDraft(writer: Writer, conversationId: string, words: MessageDraft): void {
  const storage = browserStorage()
  const key = draftKey(writer, conversationId)
  const draft = withWords(parseDraft(storage.getItem(key)), words)
  keepDraft(storage, key, draft, Date.now())
  window.dispatchEvent(new StorageEvent('storage', { key, newValue: JSON.stringify(draft) }))
}
