import type { ComponentProps, ReactNode } from 'react'
import { cn } from './class-names.ts'

export type Tone = 'neutral' | 'info' | 'good' | 'warning' | 'danger'

const tones: Readonly<Record<Tone, string>> = {
  neutral: 'bg-muted text-muted-foreground',
  info: 'bg-info-soft text-info',
  good: 'bg-good-soft text-good',
  warning: 'bg-warning-soft text-warning',
  danger: 'bg-danger-soft text-danger',
}

export interface BadgeProps extends ComponentProps<'span'> {
  /** Default `neutral`. The words must say the same as the colour. */
  readonly tone?: Tone | undefined
  readonly icon?: ReactNode
}

export function Badge({ tone = 'neutral', icon, className, children, ...rest }: BadgeProps) {
  return (
    <span
      className={cn(
        'inline-flex h-5 max-w-full items-center gap-1 whitespace-nowrap rounded-sm px-1.5 font-medium text-xs [&_svg]:size-3 [&_svg]:shrink-0',
        tones[tone],
        className,
      )}
      {...rest}
    >
      {icon ? (
        <span aria-hidden className="flex">
          {icon}
        </span>
      ) : null}
      <span className="truncate">{children}</span>
    </span>
  )
}
