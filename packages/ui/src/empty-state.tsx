import type { ReactNode } from 'react'
import { cn } from './class-names.ts'

export interface EmptyStateProps {
  readonly icon?: ReactNode
  readonly title: ReactNode
  /** What to do first. */
  readonly description?: ReactNode
  readonly action?: ReactNode
  /** For a small place, such as a popover or a card. */
  readonly compact?: boolean | undefined
}

/** Nothing here yet, and what to do about it. */
export function EmptyState({ icon, title, description, action, compact }: EmptyStateProps) {
  return (
    <div className={cn('flex flex-col items-center text-center', compact ? 'gap-2 px-4 py-6' : 'gap-3 px-6 py-16')}>
      {icon ? (
        <span
          aria-hidden
          className="flex size-10 items-center justify-center rounded-lg bg-muted text-muted-foreground [&_svg]:size-5"
        >
          {icon}
        </span>
      ) : null}
      <div className="max-w-[44ch]">
        <p className="font-semibold">{title}</p>
        {description ? <p className="mt-1 text-pretty text-muted-foreground">{description}</p> : null}
      </div>
      {action ? <div className="mt-1 flex flex-wrap justify-center gap-2">{action}</div> : null}
    </div>
  )
}
