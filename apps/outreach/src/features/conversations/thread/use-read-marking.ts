import type { ConversationScreen } from '@sax/api-contract'
import { useEffect, useState } from 'react'
import { useApi } from '../../shell/api.tsx'
import { useInboxNews } from '../data/inbox-news.tsx'
import { firstUnreadSeq } from './thread-items.ts'

/** Looked at for so long, a message counts as read. */
const READ_AFTER_MS = 600

/**
 * Marks as read what is on the screen of a page that is looked at, up to the newest message that is there: what arrives
 * meanwhile stays unread. Answers the first message that was unread when the conversation was opened.
 */
export function useReadMarking({ conversation, messages }: ConversationScreen): {
  readonly unreadFromSeq: number | undefined
  /** After it was marked as unread by hand: it stays so until it is opened again. */
  readonly leaveUnread: () => void
} {
  const api = useApi()
  const { apply } = useInboxNews()
  const [unreadFromSeq] = useState(() => firstUnreadSeq(messages, conversation.unreadCount))
  const [left, setLeft] = useState(false)
  const seenSeq = messages.at(-1)?.seq ?? 0
  const { id, unreadCount } = conversation
  const due = unreadCount > 0 && !left

  useEffect(() => {
    if (!due) return
    const stopped = new AbortController()
    let timer: ReturnType<typeof setTimeout>
    const mark = async () => {
      try {
        const { data } = await api.call('markConversationRead', { params: { id }, body: { seenSeq } })
        apply({ conversations: [data] })
      } catch {
        // It stays unread, which is the safe side; the next message or the next look tries again.
      }
    }
    const look = () => {
      clearTimeout(timer)
      if (document.visibilityState === 'visible' && document.hasFocus())
        timer = setTimeout(() => void mark(), READ_AFTER_MS)
    }
    look()
    window.addEventListener('focus', look, { signal: stopped.signal })
    window.addEventListener('blur', look, { signal: stopped.signal })
    return () => {
      clearTimeout(timer)
      stopped.abort()
    }
  }, [api, apply, id, due, seenSeq])

  return { unreadFromSeq, leaveUnread: () => setLeft(true) }
}
