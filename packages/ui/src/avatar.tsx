import { cn } from './class-names.ts'
import { initials } from './initials.ts'

export interface AvatarProps {
  readonly name: string
  /** 24, 32 or 40 px. Default `md`. */
  readonly size?: 'sm' | 'md' | 'lg' | undefined
  readonly className?: string | undefined
}

const sizes = { sm: 'size-6 text-[0.625rem]', md: 'size-8 text-xs', lg: 'size-10 text-base' } as const

/** Initials on a quiet ground. Decorative: the name stands beside it in words. */
export function Avatar({ name, size = 'md', className }: AvatarProps) {
  return (
    <span
      aria-hidden
      className={cn(
        'inline-flex shrink-0 select-none items-center justify-center rounded-full bg-accent font-semibold text-accent-foreground',
        sizes[size],
        className,
      )}
    >
      {initials(name)}
    </span>
  )
}
