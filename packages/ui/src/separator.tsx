import { cn } from './class-names.ts'

export interface SeparatorProps {
  /** Default `horizontal`. */
  readonly orientation?: 'horizontal' | 'vertical' | undefined
  readonly className?: string | undefined
}

/** A line between groups. Decorative: headings and lists carry the structure. */
export function Separator({ orientation = 'horizontal', className }: SeparatorProps) {
  const size = orientation === 'horizontal' ? 'h-px w-full' : 'h-auto w-px self-stretch'
  return <div aria-hidden className={cn('shrink-0 bg-border', size, className)} />
}
