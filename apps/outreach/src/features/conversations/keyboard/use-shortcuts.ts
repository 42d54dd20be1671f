'use client'

import { useEffect, useRef } from 'react'
import { actOf, type ShortcutAct } from './shortcuts.ts'

/** Calls the act of a pressed key, unless it is being typed into something. Acts that are not given are somebody else's. */
export function useShortcuts(acts: Partial<Record<ShortcutAct, () => void>>) {
  const latest = useRef(acts)
  useEffect(() => {
    latest.current = acts
  })
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const target = event.target as HTMLElement
      const typing = target.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName)
      const elsewhere = typing || target.closest('[role=dialog], [role=menu], [role=listbox]') !== null
      const asked = actOf({
        key: event.key,
        ctrlKey: event.ctrlKey,
        metaKey: event.metaKey,
        altKey: event.altKey,
        defaultPrevented: event.defaultPrevented,
        elsewhere,
      })
      const act = asked && latest.current[asked]
      if (act === undefined) return
      event.preventDefault()
      act()
    }
    window.addEventListener('keydown', onKeyDown)
    return () => window.removeEventListener('keydown', onKeyDown)
  }, [])
}
