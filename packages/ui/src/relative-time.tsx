'use client'

import { useEffect, useState } from 'react'
import { cn } from './class-names.ts'
import { exactTimeWords, plainDateWords, relativeTimeWords } from './relative-time-words.ts'

export interface RelativeTimeProps {
  /** ISO 8601 */
  readonly value: string
  readonly className?: string | undefined
}

/** Longest sleep of a browser's timer that we rely on: one hour. */
const LONGEST_WAIT_MS = 3_600_000

/**
 * "5 minutes ago", kept true while it is on the screen, the exact time on hover.
 * The server and the first render in the browser both say the UTC date, so that hydration finds the same words.
 */
export function RelativeTime({ value, className }: RelativeTimeProps) {
  const moment = Date.parse(value)
  const [said, setSaid] = useState<{ words: string; exact: string }>()

  useEffect(() => {
    if (Number.isNaN(moment)) return
    let later: ReturnType<typeof setTimeout> | undefined
    const say = () => {
      const { words, changesInMs } = relativeTimeWords(moment, Date.now())
      setSaid({ words, exact: exactTimeWords(moment) })
      if (changesInMs !== undefined) later = setTimeout(say, Math.min(Math.max(changesInMs, 1000), LONGEST_WAIT_MS))
    }
    say()
    return () => clearTimeout(later)
  }, [moment])

  if (Number.isNaN(moment)) return null
  return (
    <time dateTime={value} title={said?.exact} className={cn('whitespace-nowrap tabular-nums', className)}>
      {said?.words ?? plainDateWords(moment)}
    </time>
  )
}
