'use client'

import { cva } from 'class-variance-authority'
import { LoaderCircle } from 'lucide-react'
import { Slot } from 'radix-ui'
import type { ComponentProps } from 'react'
import { cn } from './class-names.ts'

export const buttonClass = cva(
  'focus-ring relative inline-flex shrink-0 select-none items-center justify-center gap-1.5 whitespace-nowrap rounded-lg border border-transparent font-medium transition-colors disabled:cursor-not-allowed disabled:opacity-60 aria-disabled:cursor-not-allowed aria-disabled:opacity-60 [&_svg]:size-4 [&_svg]:shrink-0',
  {
    variants: {
      variant: {
        primary: 'bg-primary text-primary-foreground enabled:hover:bg-primary-hover [a]:hover:bg-primary-hover',
        secondary:
          'border-border bg-card text-foreground enabled:hover:bg-muted data-[state=open]:bg-muted [a]:hover:bg-muted',
        ghost: 'text-foreground enabled:hover:bg-muted data-[state=open]:bg-muted [a]:hover:bg-muted',
        danger: 'bg-danger-solid text-danger-foreground enabled:hover:bg-danger-solid-hover',
        link: 'h-auto rounded-sm px-0 text-primary underline-offset-4 hover:underline',
      },
      size: {
        sm: 'h-8 px-2.5 text-sm',
        md: 'h-9 px-3 text-base',
        icon: 'size-9 text-base',
      },
    },
    compoundVariants: [{ variant: 'link', className: 'h-auto px-0' }],
    defaultVariants: { variant: 'secondary', size: 'md' },
  },
)

export interface ButtonProps extends ComponentProps<'button'> {
  /** Default `secondary`. A screen has one `primary`. */
  readonly variant?: 'primary' | 'secondary' | 'ghost' | 'danger' | 'link' | undefined
  /** Default `md`. `icon` is a square: give it an `aria-label`. */
  readonly size?: 'sm' | 'md' | 'icon' | undefined
  /** Gives the look to its one child, for example a link. */
  readonly asChild?: boolean | undefined
  /** The act is under way: no second click, same width, focus stays where it was. */
  readonly busy?: boolean | undefined
}

export function Button({ variant, size, asChild, busy, className, type, children, onClick, ...rest }: ButtonProps) {
  const classes = cn(buttonClass({ variant, size }), className)
  if (asChild) {
    return (
      <Slot.Root className={classes} onClick={onClick} {...rest}>
        {children}
      </Slot.Root>
    )
  }
  return (
    <button
      type={type ?? 'button'}
      className={classes}
      aria-busy={busy || undefined}
      // Not `disabled`: a disabled button drops the focus, and a keyboard user would start at the top of the page again.
      aria-disabled={busy || undefined}
      onClick={busy ? (event) => event.preventDefault() : onClick}
      {...rest}
    >
      {busy ? (
        <>
          <span className="inline-flex items-center gap-1.5 opacity-0">{children}</span>
          <LoaderCircle aria-hidden className="absolute animate-spin" />
        </>
      ) : (
        children
      )}
    </button>
  )
}
