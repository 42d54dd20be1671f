import { cn } from './class-names.ts'

/** The place of something that is on its way. Give it the size of what comes, so that nothing jumps. */
export function Skeleton({ className }: { readonly className?: string | undefined }) {
  return <div aria-hidden className={cn('h-4 animate-pulse rounded-md bg-muted', className)} />
}
