import { cn } from '@sax/ui/class-names'
import { Skeleton } from '@sax/ui/skeleton'

/** Rows of the size that conversations have, while they are on their way. */
export function ListSkeleton({ practiceShown }: { readonly practiceShown: boolean }) {
  return (
    <div aria-busy="true">
      <span className="sr-only">Loading conversations</span>
      {['w-28', 'w-36', 'w-24', 'w-40', 'w-32', 'w-28', 'w-36', 'w-24'].map((width, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a grey bar is its place
        <div key={index} className={cn('flex gap-3 border-b px-3 py-2', practiceShown ? 'h-25.75' : 'h-20.75')}>
          <Skeleton className="size-8 rounded-full" />
          <div className="flex flex-1 flex-col gap-2.5 pt-1">
            <Skeleton className={width} />
            <Skeleton className="h-3 w-full" />
          </div>
        </div>
      ))}
    </div>
  )
}
