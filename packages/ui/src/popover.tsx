'use client'

import { Popover as Radix } from 'radix-ui'
import type { ComponentProps } from 'react'
import { cn } from './class-names.ts'

export const Popover = Radix.Root
export const PopoverTrigger = Radix.Trigger
export const PopoverAnchor = Radix.Anchor
export const PopoverClose = Radix.Close

export function PopoverContent({
  className,
  align = 'start',
  sideOffset = 4,
  ...rest
}: ComponentProps<typeof Radix.Content>) {
  return (
    <Radix.Portal>
      <Radix.Content
        align={align}
        sideOffset={sideOffset}
        collisionPadding={8}
        className={cn(
          'data-[state=closed]:fade-out data-[state=open]:fade-in z-50 w-72 max-w-[calc(100vw-1rem)] rounded-lg border bg-popover p-3 text-foreground shadow-popover outline-none data-[state=closed]:animate-out data-[state=open]:animate-in',
          className,
        )}
        {...rest}
      />
    </Radix.Portal>
  )
}
