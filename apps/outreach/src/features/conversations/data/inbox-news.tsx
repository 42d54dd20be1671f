import { type QueryClient, useQueryClient } from '@tanstack/react-query'
import { createContext, type ReactNode, use, useEffect, useMemo, useRef, useState } from 'react'
import { useApi } from '../../shell/api.tsx'
import { useViewer } from '../../shell/viewer.tsx'
import { applyToLists } from './apply-to-lists.ts'
import { atMostEvery } from './at-most-every.ts'
import { createChangeFeed } from './change-feed.ts'
import { type ConversationStates, createConversationStates } from './conversation-states.ts'
import { keys } from './keys.ts'
import type { ScreenNews } from './merge-screen.ts'
import { IDLE_AFTER_MS, pollDelayMs } from './poll-pace.ts'
import { createServerClock, type ServerClock } from './server-clock.ts'
import { createWatch } from './watch.ts'

/** At most this often a list whose counts became uncertain is asked for anew. */
const LIST_ANEW_MS = 5000

type TellScreens = (queryClient: QueryClient, news: ScreenNews) => void

export interface InboxNews {
  /** Where news goes on from; of the answer that fills a screen. */
  readonly startFrom: (cursor: string) => void
  /** Asks for news now, for example after sending. */
  readonly nudge: () => void
  /** Puts what an answer said on every screen at once. `mine`: of an act of the person who looks, which may move rows. */
  readonly apply: (news: ScreenNews, by?: { readonly mine: boolean }) => void
  /** From now on also tells `screens` of all news: their code is not there before there are any. */
  readonly alsoTell: (screens: TellScreens) => void
  readonly states: ConversationStates
  readonly clock: ServerClock
  /** False while news does not come. */
  readonly reached: boolean
}

const NewsContext = createContext<InboxNews | undefined>(undefined)

/** @throws Error outside InboxNewsProvider. */
export function useInboxNews(): InboxNews {
  const news = use(NewsContext)
  if (news === undefined) throw new Error('useInboxNews needs InboxNewsProvider above it')
  return news
}

/** Keeps the cached conversations as the server has them, for as long as it is on the page. */
export function InboxNewsProvider({ children }: { readonly children: ReactNode }) {
  const api = useApi()
  const queryClient = useQueryClient()
  const { saxId } = useViewer()
  const [reached, setReached] = useState(true)
  const [clock] = useState(() => createServerClock(() => Date.now()))
  const feed = useRef<ReturnType<typeof createChangeFeed>>(undefined)
  const firstCursor = useRef<string>(undefined)
  const [states] = useState(() => createConversationStates(() => Date.now()))
  const [listsAnew] = useState(() =>
    atMostEvery(LIST_ANEW_MS, () => void queryClient.invalidateQueries({ queryKey: keys.lists }), waiting),
  )

  const [told] = useState(() => new Set<TellScreens>())

  const { apply, startFrom, nudge, alsoTell } = useMemo(
    () => ({
      apply: (news: ScreenNews, { mine } = { mine: false }) => {
        const newest = news.conversations?.at(-1)
        if (newest) clock.note(newest.asOf)
        if (mine) states.did(idsIn(news))
        states.note(news.conversations ?? [])
        for (const tell of told) tell(queryClient, news)
        if (applyToLists(queryClient, news, { saxId, nowMs: clock.nowMs() }).uncertain) listsAnew.call()
      },
      startFrom: (cursor: string) => {
        // Answers can come before the feed below is made.
        firstCursor.current ??= cursor
        feed.current?.startFrom(cursor)
      },
      nudge: () => feed.current?.nudge(),
      alsoTell: (screens: TellScreens) => void told.add(screens),
    }),
    [clock, listsAnew, queryClient, saxId, states, told],
  )

  useEffect(() => {
    let touchedAtMs = Date.now()
    const watch = createWatch(() => performance.now())
    const isInUse = () => document.visibilityState === 'visible' && Date.now() - touchedAtMs < IDLE_AFTER_MS
    const made = createChangeFeed({
      ask: async (after, signal) => {
        const watchedMs = watch.asked(isInUse())
        try {
          const news = await api.call('listChanges', { query: { after, watchedMs }, signal })
          watch.answered()
          return news
        } catch (error) {
          watch.broken()
          throw error
        }
      },
      onChanges: ({ data }) => apply(data),
      onExpired: () => void queryClient.invalidateQueries({ queryKey: keys.conversations }),
      onReach: setReached,
      pace: (failures) =>
        pollDelayMs(
          { visible: document.visibilityState === 'visible', idleMs: Date.now() - touchedAtMs, failures },
          Math.random(),
        ),
      later: waiting,
    })
    feed.current = made
    if (firstCursor.current !== undefined) made.startFrom(firstCursor.current)
    const listening = new AbortController()
    const { signal } = listening
    const touch = () => {
      touchedAtMs = Date.now()
    }
    const look = () => {
      if (document.visibilityState !== 'visible') {
        watch.broken()
        return
      }
      touch()
      made.nudge()
    }
    for (const kind of ['pointermove', 'pointerdown', 'keydown', 'scroll'])
      window.addEventListener(kind, touch, { signal, passive: true, capture: true })
    for (const kind of ['focus', 'online']) window.addEventListener(kind, look, { signal })
    document.addEventListener('visibilitychange', look, { signal })
    return () => {
      listening.abort()
      made.stop()
      listsAnew.stop()
    }
  }, [api, apply, listsAnew, queryClient])

  const news = useMemo(
    () => ({ startFrom, nudge, apply, alsoTell, states, clock, reached }),
    [startFrom, nudge, apply, alsoTell, states, clock, reached],
  )
  return <NewsContext value={news}>{children}</NewsContext>
}

function waiting(act: () => void, ms: number): () => void {
  const timer = setTimeout(act, ms)
  return () => clearTimeout(timer)
}

/** The conversations that news is about. */
function idsIn({ conversations = [], messages = [] }: ScreenNews): readonly string[] {
  return [...conversations.map(({ id }) => id), ...messages.map(({ conversationId }) => conversationId)]
}
