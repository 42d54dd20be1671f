'use client'

import { useSyncExternalStore } from 'react'
import { later, useLater } from './later.ts'
import type { Notice } from './notices.tsx'

export const notices = later(() => import('./notices.tsx'))

/** What was asked for and has not been shown. */
let waiting: readonly Notice[] = []
const listeners = new Set<() => void>()

function take(): readonly Notice[] {
  const taken = waiting
  waiting = []
  return taken
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** Shows a notice at the edge of the screen for 5 s, or 10 s when it offers an act. */
export function notify(notice: Notice): void {
  waiting = [...waiting, notice]
  for (const listener of listeners) listener()
}

/** Where notices appear. Once per page, inside ThemeProvider. Alt+T moves the focus there. */
export function Toaster() {
  const asked = useSyncExternalStore(
    subscribe,
    () => waiting.length > 0,
    () => false,
  )
  const code = useLater(notices, asked)
  return code === undefined ? null : <code.Notices take={take} subscribe={subscribe} />
}
