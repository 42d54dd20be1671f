import { type RefObject, useEffect, useState } from 'react'
import { IDLE_AFTER_MS } from '../data/poll-pace.ts'

/** Signs of somebody at the page. */
const TOUCHES = ['pointermove', 'pointerdown', 'keydown', 'wheel', 'scroll'] as const

/**
 * Whether nobody looks at an element: the page is hidden or has not been touched for two minutes, until it is touched
 * again; or the element itself is not on the screen.
 */
export function useNobodyThere(element: RefObject<HTMLElement | null>): boolean {
  const [away, setAway] = useState(false)
  const [folded, setFolded] = useState(false)

  useEffect(() => {
    let timer: ReturnType<typeof setTimeout>
    const leave = () => {
      clearTimeout(timer)
      setAway(true)
    }
    const touch = () => {
      clearTimeout(timer)
      timer = setTimeout(leave, IDLE_AFTER_MS)
      setAway(false)
    }
    const look = () => {
      if (document.visibilityState === 'hidden') leave()
    }
    touch()
    look()
    const listening = new AbortController()
    const { signal } = listening
    for (const kind of TOUCHES) window.addEventListener(kind, touch, { signal, passive: true, capture: true })
    document.addEventListener('visibilitychange', look, { signal })
    return () => {
      listening.abort()
      clearTimeout(timer)
    }
  }, [])

  // A small screen shows the list or a conversation.
  useEffect(() => {
    if (element.current === null) return
    const observer = new ResizeObserver(([entry]) => setFolded(entry?.contentRect.height === 0))
    observer.observe(element.current)
    return () => observer.disconnect()
  }, [element])

  return away || folded
}
