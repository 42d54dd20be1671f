'use client'

import { RotateCw, TriangleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import { Button } from './button.tsx'
import { cn } from './class-names.ts'

export interface ErrorStateProps {
  readonly title?: ReactNode
  /** What happened and what was kept, in a coordinator's words. */
  readonly description?: ReactNode
  /** Shown small, to be read to support. */
  readonly requestId?: string | undefined
  readonly onRetry?: (() => void) | undefined
  readonly retrying?: boolean | undefined
  readonly compact?: boolean | undefined
}

/** Something did not work: what, what was kept, and a way on. Announced when it appears. */
export function ErrorState({
  title = 'This did not load',
  description,
  requestId,
  onRetry,
  retrying,
  compact,
}: ErrorStateProps) {
  return (
    <div
      role="alert"
      className={cn('flex flex-col items-center text-center', compact ? 'gap-2 px-4 py-6' : 'gap-3 px-6 py-16')}
    >
      <span aria-hidden className="flex size-10 items-center justify-center rounded-lg bg-danger-soft text-danger">
        <TriangleAlert className="size-5" />
      </span>
      <div className="max-w-[52ch]">
        <p className="font-semibold">{title}</p>
        {description ? <p className="mt-1 text-pretty text-muted-foreground">{description}</p> : null}
      </div>
      {onRetry ? (
        <Button size={compact ? 'sm' : 'md'} busy={retrying} onClick={onRetry} className="mt-1">
          <RotateCw aria-hidden />
          Try again
        </Button>
      ) : null}
      {requestId ? (
        <p className="text-muted-foreground text-xs">
          Request <code className="select-all break-all font-mono">{requestId}</code>
        </p>
      ) : null}
    </div>
  )
}
