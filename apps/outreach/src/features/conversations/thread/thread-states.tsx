import { Button } from '@sax/ui/button'
import { cn } from '@sax/ui/class-names'
import { EmptyState } from '@sax/ui/empty-state'
import { ErrorState } from '@sax/ui/error-state'
import { Skeleton } from '@sax/ui/skeleton'
import { SearchX } from 'lucide-react'
import type { Problem } from '../../shell/problem.ts'
import { ZoneLink } from '../../shell/zone-link.tsx'

/** Bubbles where messages will be, under a head and over a composer of their sizes. */
export function ThreadSkeleton() {
  return (
    <div aria-busy="true" className="flex min-h-0 flex-1 flex-col">
      <span className="sr-only">Loading the conversation</span>
      <div className="flex h-14 items-center gap-3 border-b bg-card px-4">
        <Skeleton className="size-8 rounded-full" />
        <div className="flex flex-col gap-2">
          <Skeleton className="w-36" />
          <Skeleton className="h-3 w-24" />
        </div>
      </div>
      <div className="flex min-h-0 flex-1 flex-col justify-end gap-3 overflow-hidden p-4">
        {['w-56 h-10', 'w-40 h-10 self-end', 'w-64 h-16', 'w-72 h-10 self-end', 'w-48 h-10'].map((size) => (
          <Skeleton key={size} className={cn('rounded-xl', size)} />
        ))}
      </div>
      <div className="border-t bg-card p-3">
        <Skeleton className="h-24 w-full rounded-lg" />
      </div>
    </div>
  )
}

export interface ThreadProblemProps {
  readonly problem: Problem
  readonly backHref: string
  readonly retrying: boolean
  readonly onRetry: () => void
}

/** A conversation that cannot be shown: not there for this person, or not now. */
export function ThreadProblem({ problem, backHref, retrying, onRetry }: ThreadProblemProps) {
  const back = (
    <Button asChild>
      <ZoneLink href={backHref}>Back to the list</ZoneLink>
    </Button>
  )
  return (
    <div className="flex flex-1 flex-col items-center justify-center">
      {problem.status === 404 ? (
        <EmptyState
          icon={<SearchX />}
          title="This conversation is not here"
          description="It belongs to another practice, or its address was copied wrong."
          action={back}
        />
      ) : (
        <>
          <ErrorState
            title={problem.title}
            description={problem.description}
            requestId={problem.requestId}
            onRetry={onRetry}
            retrying={retrying}
          />
          {back}
        </>
      )}
    </div>
  )
}
