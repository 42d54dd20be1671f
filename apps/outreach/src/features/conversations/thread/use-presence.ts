import type { Presence } from '@sax/api-contract'
import { useEffect, useMemo, useRef } from 'react'
import { useApi } from '../../shell/api.tsx'
import { useInboxNews } from '../data/inbox-news.tsx'

/** Said again before it would be over. */
const LOOKING_EVERY_MS = 20_000
const TYPING_EVERY_MS = 5000

/** Tells colleagues that one has a conversation open. Answers what to call while one types. */
export function usePresence(id: string): { readonly typed: () => void } {
  const api = useApi()
  const { apply } = useInboxNews()
  const typedAtMs = useRef(0)

  const say = useMemo(
    () => async (state: Presence['state']) => {
      try {
        const { data } = await api.call('setPresence', { params: { id }, body: { state } })
        apply({ presence: data })
      } catch {
        // A courtesy: nobody is told that it failed, and it is said again soon.
      }
    },
    [api, apply, id],
  )

  useEffect(() => {
    const look = () => {
      if (document.visibilityState === 'visible') void say('looking')
    }
    look()
    const timer = setInterval(look, LOOKING_EVERY_MS)
    const leave = () => void say('gone')
    window.addEventListener('pagehide', leave)
    return () => {
      clearInterval(timer)
      window.removeEventListener('pagehide', leave)
      leave()
    }
  }, [say])

  return useMemo(
    () => ({
      typed: () => {
        const nowMs = Date.now()
        if (nowMs - typedAtMs.current < TYPING_EVERY_MS) return
        typedAtMs.current = nowMs
        void say('typing')
      },
    }),
    [say],
  )
}
