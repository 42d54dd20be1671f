import type { Conversation } from '@sax/api-contract'
import { useEffect, useState } from 'react'
import { nextChangeMs } from '../response-state.ts'
import { useInboxNews } from './inbox-news.tsx'

/** Waiting times are told in minutes. */
const TICK_MS = 15_000

/** The server's clock in epoch milliseconds, moving every quarter of a minute, and at the moment one of `rows` becomes late. */
export function useNow(rows: readonly Pick<Conversation, 'waitingSince' | 'slaWarnAt' | 'slaDueAt'>[]): number {
  const { clock } = useInboxNews()
  const [nowMs, setNowMs] = useState(() => clock.nowMs())
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout>
    const wait = () => {
      const current = clock.nowMs()
      const nextMs = nextChangeMs(rows, current)
      timer = setTimeout(tick, Math.min(TICK_MS, nextMs === undefined ? TICK_MS : nextMs - current + 1))
    }
    const tick = () => {
      setNowMs(clock.nowMs())
      wait()
    }
    wait()
    return () => clearTimeout(timer)
  }, [clock, rows])
  return nowMs
}
