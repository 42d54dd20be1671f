import type { ConversationScreen } from '@sax/api-contract'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useCallback, useEffect, useRef, useState } from 'react'
import { useApi } from '../../shell/api.tsx'
import { applyToScreens } from './apply-to-screens.ts'
import { useInboxNews } from './inbox-news.tsx'
import { keys } from './keys.ts'
import { refreshedScreen, withOlder } from './merge-screen.ts'

/** All that one conversation's screen shows, in one call. Asked for at each opening, which is how a view is put on record. */
export function useConversationScreen(id: string) {
  const api = useApi()
  const queryClient = useQueryClient()
  const { startFrom, clock, alsoTell } = useInboxNews()
  useEffect(() => alsoTell(applyToScreens), [alsoTell])
  return useQuery({
    queryKey: keys.screen(id),
    queryFn: async ({ signal }) => {
      const { data } = await api.call('getConversation', { params: { id }, signal })
      clock.note(data.conversation.asOf)
      startFrom(data.changesCursor)
      return refreshedScreen(queryClient.getQueryData<ConversationScreen>(keys.screen(id)), data)
    },
    refetchOnMount: 'always',
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  })
}

export type OlderState = 'idle' | 'loading' | 'failed'

/** Loads the messages above those at hand. */
export function useOlderMessages(id: string) {
  const api = useApi()
  const queryClient = useQueryClient()
  const [state, setState] = useState<OlderState>('idle')
  const busy = useRef(false)
  const load = useCallback(async () => {
    const screen = queryClient.getQueryData<ConversationScreen>(keys.screen(id))
    const before = screen?.messages[0]?.seq
    if (busy.current || before === undefined || !screen?.hasMore) return
    busy.current = true
    setState('loading')
    try {
      const older = await api.call('listMessages', { params: { id }, query: { before } })
      queryClient.setQueryData<ConversationScreen>(keys.screen(id), (now) => now && withOlder(now, older))
      setState('idle')
    } catch {
      // Said where the messages would be, with a way to try again.
      setState('failed')
    } finally {
      busy.current = false
    }
  }, [api, queryClient, id])
  return { state, load }
}
