import { browserStorage } from '@sax/ui/browser-storage'
import { createContext, type ReactNode, use, useEffect, useMemo, useState, useSyncExternalStore } from 'react'
import { useApi } from '../../shell/api.tsx'
import { problemOf } from '../../shell/problem.ts'
import { saveUntilAnswered } from '../../shell/save-until-answered.ts'
import { useViewer } from '../../shell/viewer.tsx'
import { useInboxNews } from '../data/inbox-news.tsx'
import { createOutgoingStore, type Outgoing, type OutgoingStore, outgoingKey } from './outgoing-store.ts'
import { createSending } from './send-in-order.ts'

interface OutgoingContextValue {
  readonly store: OutgoingStore
  /** Takes a message to send, now or as soon as a server answers. */
  readonly send: (message: Outgoing) => void
}

const OutgoingContext = createContext<OutgoingContextValue | undefined>(undefined)
const none: readonly Outgoing[] = []

/** @throws Error outside OutgoingProvider. */
export function useOutgoing(conversationId: string) {
  const value = use(OutgoingContext)
  if (value === undefined) throw new Error('useOutgoing needs OutgoingProvider above it')
  const { store, send } = value
  const all = useSyncExternalStore(store.subscribe, store.all, () => none)
  const messages = useMemo(() => all.filter((one) => one.conversationId === conversationId), [all, conversationId])
  return { messages, send, drop: store.drop }
}

/** Sends what the person writes, whatever page of the inbox they go to meanwhile. */
export function OutgoingProvider({ children }: { readonly children: ReactNode }) {
  const api = useApi()
  const { saxId, practiceId } = useViewer()
  const { apply, nudge } = useInboxNews()
  const [store] = useState(() => createOutgoingStore(browserStorage(), { saxId, practiceId }))
  const sending = useMemo(
    () =>
      createSending({
        store,
        words: (error) => problemOf(error).description,
        send: async ({ clientId, conversationId, body, templateId, picture, scheduledFor, seenSeq }, signal) => {
          try {
            const { data } = await saveUntilAnswered({
              attempt: () =>
                api.call('sendMessage', {
                  params: { id: conversationId },
                  body: { clientId, body, seenSeq, templateId, pictureId: picture?.id, scheduledFor },
                  signal,
                }),
              onWaiting: () => undefined,
              pause: (ms) => pauseUntilOnline(ms, signal),
            })
            // On the screen before the one that stood in for it goes: nothing blinks.
            apply({ messages: [data] }, { mine: true })
          } finally {
            nudge()
          }
        },
      }),
    [api, apply, nudge, store],
  )

  useEffect(() => {
    sending.pump()
    const key = outgoingKey({ saxId, practiceId })
    const onStorage = (event: StorageEvent) => {
      if (event.key === key) store.reread()
    }
    window.addEventListener('storage', onStorage)
    return () => window.removeEventListener('storage', onStorage)
  }, [sending, store, saxId, practiceId])

  const value = useMemo(
    () => ({
      store,
      send: (message: Outgoing) => {
        store.put(message)
        sending.pump()
      },
    }),
    [store, sending],
  )
  return <OutgoingContext value={value}>{children}</OutgoingContext>
}

/** A pause that is over when the network is back, and rejects when `signal` is aborted. */
function pauseUntilOnline(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const done = new AbortController()
    const timer = setTimeout(() => end(resolve), ms)
    const end = (how: () => void) => {
      clearTimeout(timer)
      done.abort()
      how()
    }
    window.addEventListener('online', () => end(resolve), { signal: done.signal })
    signal.addEventListener('abort', () => end(() => reject(new DOMException('stopped', 'AbortError'))), {
      signal: done.signal,
    })
  })
}
