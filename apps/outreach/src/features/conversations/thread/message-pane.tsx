import { Button } from '@sax/ui/button'
import { ArrowDown } from 'lucide-react'
import { type ReactNode, useEffect, useLayoutEffect, useRef, useState } from 'react'
import type { OlderState } from '../data/screen-queries.ts'

/** So near to an edge counts as there, in px. */
const NEAR_TOP = 240
const NEAR_BOTTOM = 48

export interface MessagePaneProps {
  /** Key of the topmost and the bottommost thing: tells what was added where. */
  readonly topKey: string
  readonly bottomKey: string
  /** Whether the bottommost is one's own and has to be seen. */
  readonly ownAtBottom: boolean
  readonly hasMore: boolean
  readonly older: { readonly state: OlderState; readonly load: () => void }
  readonly children: ReactNode
}

/** Messages with the newest at the bottom. It stays there while one is there; what is loaded above moves nothing. */
export function MessagePane({ topKey, bottomKey, ownAtBottom, hasMore, older, children }: MessagePaneProps) {
  const pane = useRef<HTMLElement>(null)
  const content = useRef<HTMLDivElement>(null)
  const atBottom = useRef(true)
  const before = useRef({ topKey, bottomKey, height: 0 })
  const [news, setNews] = useState(false)

  // The browser would anchor at the top edge itself, where nothing is to hold on to while one is at the very top.
  useLayoutEffect(() => {
    const scroller = pane.current
    if (scroller === null) return
    const last = before.current
    if (last.height === 0 || atBottom.current || (ownAtBottom && last.bottomKey !== bottomKey)) {
      scroller.scrollTop = scroller.scrollHeight
    } else if (last.topKey !== topKey) {
      scroller.scrollTop += scroller.scrollHeight - last.height
    } else if (last.bottomKey !== bottomKey) setNews(true)
    before.current = { topKey, bottomKey, height: scroller.scrollHeight }
  }, [topKey, bottomKey, ownAtBottom])

  // A status that says more, a picture, a smaller window: at the bottom one stays at the bottom. Further up, a banner
  // that comes or goes above the messages does not take along what is read.
  useEffect(() => {
    const scroller = pane.current
    if (scroller === null || content.current === null) return
    let top = scroller.getBoundingClientRect().top
    const observer = new ResizeObserver(() => {
      const moved = scroller.getBoundingClientRect().top - top
      top += moved
      if (atBottom.current) scroller.scrollTop = scroller.scrollHeight
      else scroller.scrollTop += moved
      before.current = { ...before.current, height: scroller.scrollHeight }
    })
    observer.observe(scroller)
    observer.observe(content.current)
    return () => observer.disconnect()
  }, [])

  const onScroll = () => {
    const scroller = pane.current
    if (scroller === null) return
    atBottom.current = scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < NEAR_BOTTOM
    if (atBottom.current) setNews(false)
    if (scroller.scrollTop < NEAR_TOP && hasMore && older.state === 'idle') older.load()
  }

  return (
    <div className="relative min-h-0 flex-1">
      {/* No log: to one of those, assistive technology is told that things are added at its end alone, and reads out
          whatever is added. Here fifty older messages come at once at its beginning. News is told by a region of its own.
          @source WAI-ARIA 1.2, role "log" */}
      <section
        ref={pane}
        aria-label="Messages"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
        tabIndex={0}
        onScroll={onScroll}
        className="focus-ring-inset flex h-full flex-col overflow-y-auto overscroll-contain [overflow-anchor:none]"
      >
        <div ref={content} className="mx-auto mt-auto w-full max-w-4xl px-4 pt-4 pb-3">
          {hasMore ? (
            <div className="flex h-9 items-center justify-center">
              {older.state === 'failed' ? (
                <Button size="sm" onClick={older.load}>
                  Older messages did not load. Try again
                </Button>
              ) : (
                <Button size="sm" variant="ghost" busy={older.state === 'loading'} onClick={older.load}>
                  Older messages
                </Button>
              )}
            </div>
          ) : null}
          {children}
        </div>
      </section>
      {news ? (
        <Button
          size="sm"
          variant="primary"
          className="absolute inset-x-0 bottom-3 mx-auto w-fit shadow-popover"
          onClick={() => {
            if (pane.current) pane.current.scrollTop = pane.current.scrollHeight
          }}
        >
          <ArrowDown aria-hidden />
          New message
        </Button>
      ) : null}
    </div>
  )
}

/** The place of a divider's line. */
export function Divider({ children, urgent = false }: { readonly children: ReactNode; readonly urgent?: boolean }) {
  return (
    <div className={urgent ? 'mt-4 flex items-center gap-3 text-danger' : 'mt-4 flex items-center gap-3'}>
      <span aria-hidden className="h-px flex-1 bg-border" />
      <span className={urgent ? 'font-medium text-xs' : 'text-muted-foreground text-xs'}>{children}</span>
      <span aria-hidden className="h-px flex-1 bg-border" />
    </div>
  )
}
