import type { Conversation } from '@sax/api-contract'
import { useEffect, useMemo, useRef } from 'react'
import { useApi } from '../../shell/api.tsx'
import { useViewer } from '../../shell/viewer.tsx'
import { useInboxNews } from '../data/inbox-news.tsx'
import { claimIsDue } from './claim-is-due.ts'

/**
 * Claims a conversation while one writes an answer, so that colleagues see it before they begin their own, and lets go
 * of it afterwards. A courtesy that fails in silence: what counts is refused by the server when it is sent.
 */
export function useClaim(conversation: Conversation): { readonly typed: () => void; readonly release: () => void } {
  const api = useApi()
  const { saxId } = useViewer()
  const { apply, clock } = useInboxNews()
  const latest = useRef(conversation)
  useEffect(() => {
    latest.current = conversation
  }, [conversation])
  const asking = useRef(false)
  const { id } = conversation

  const acts = useMemo(() => {
    const ask = async (name: 'claimConversation' | 'releaseConversation') => {
      if (asking.current) return
      asking.current = true
      try {
        const { data } = await api.call(name, { params: { id } })
        apply({ conversations: [data] })
      } catch {
        // Somebody else has it, or no server answers: the screen says so by itself.
      } finally {
        asking.current = false
      }
    }
    return {
      typed: () => {
        if (claimIsDue(latest.current.claim, saxId, clock.nowMs())) void ask('claimConversation')
      },
      release: () => {
        if (latest.current.claim?.saxId === saxId) void ask('releaseConversation')
      },
    }
  }, [api, apply, clock, id, saxId])

  useEffect(() => () => acts.release(), [acts])
  return acts
}
