'use client'

import { Tabs as Radix } from 'radix-ui'
import type { ComponentProps } from 'react'
import { cn } from './class-names.ts'

export const Tabs = Radix.Root

export function TabsList({ className, ...rest }: ComponentProps<typeof Radix.List>) {
  return (
    <Radix.List
      className={cn('flex gap-4 overflow-x-auto overflow-y-hidden border-b [scrollbar-width:none]', className)}
      {...rest}
    />
  )
}

export interface TabsTriggerProps extends ComponentProps<typeof Radix.Trigger> {
  /** How many things lie behind the tab. */
  readonly count?: number | undefined
}

export function TabsTrigger({ count, className, children, ...rest }: TabsTriggerProps) {
  return (
    <Radix.Trigger
      className={cn(
        'focus-ring-inset -mb-px flex h-9 shrink-0 items-center gap-1.5 rounded-t-sm border-transparent border-b-2 px-1 font-medium text-muted-foreground transition-colors hover:text-foreground data-[state=active]:border-primary data-[state=active]:text-foreground',
        className,
      )}
      {...rest}
    >
      {children}
      {count === undefined ? null : (
        <span className="rounded-full bg-muted px-1.5 text-muted-foreground text-xs tabular-nums">{count}</span>
      )}
    </Radix.Trigger>
  )
}

export function TabsContent({ className, ...rest }: ComponentProps<typeof Radix.Content>) {
  return <Radix.Content className={cn('focus-ring rounded-sm pt-4', className)} {...rest} />
}
