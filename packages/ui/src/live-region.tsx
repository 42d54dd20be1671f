import type { ReactNode } from 'react'

export interface LiveRegionProps {
  readonly children: ReactNode
  /** Interrupts what is being read. For what cannot wait. */
  readonly assertive?: boolean | undefined
}

/** News for people who do not see the screen. Render it always and change its children: a region that appears together with its words stays silent. */
export function LiveRegion({ children, assertive }: LiveRegionProps) {
  return (
    <div role={assertive ? 'alert' : 'status'} aria-live={assertive ? 'assertive' : 'polite'} className="sr-only">
      {children}
    </div>
  )
}
