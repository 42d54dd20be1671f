import { useSingleKeys } from '@sax/ui/use-single-keys'
import { useEffect, useRef } from 'react'
import { actOf, type ShortcutAct } from './shortcuts.ts'

/** Calls the act of a pressed key, unless it is being typed into something. Acts that are not given are somebody else's. */
export function useShortcuts(acts: Partial<Record<ShortcutAct, () => void>>) {
  const [on] = useSingleKeys()
  const latest = useRef({ acts, off: !on })
  useEffect(() => {
    latest.current = { acts, off: !on }
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
        off: latest.current.off,
      })
      const act = asked && latest.current.acts[asked]
      if (act === undefined) return
      event.preventDefault()
      act()
    }
    window.addEventListener('keydown', onKeyDown)
    return () => window.removeEventListener('keydown', onKeyDown)
  }, [])
}
