'use client'

import { X } from 'lucide-react'
import { Dialog as Radix } from 'radix-ui'
import type { ReactNode } from 'react'
import { Button } from './button.tsx'
import { cn } from './class-names.ts'
import { staysForLayersAbove } from './layers-above.ts'
import { NotesOrigin, useReturnFocus } from './return-focus.ts'

export const Sheet = Radix.Root
export const SheetTrigger = Radix.Trigger
export const SheetClose = Radix.Close

export interface SheetContentProps {
  readonly title: ReactNode
  readonly children: ReactNode
  readonly footer?: ReactNode
  /** Default `right`. */
  readonly side?: 'left' | 'right' | undefined
  readonly className?: string | undefined
}

const sides = {
  left: 'left-0 border-e data-[state=open]:slide-in-from-left data-[state=closed]:slide-out-to-left',
  right: 'right-0 border-s data-[state=open]:slide-in-from-right data-[state=closed]:slide-out-to-right',
} as const

/** A dialog at the side of the screen, at full height. */
export function SheetContent({ title, children, footer, side = 'right', className }: SheetContentProps) {
  const { cameFrom, handlers } = useReturnFocus()
  return (
    <Radix.Portal>
      <Radix.Overlay className="data-[state=closed]:fade-out data-[state=open]:fade-in fixed inset-0 z-50 bg-overlay data-[state=closed]:animate-out data-[state=open]:animate-in" />
      <Radix.Content
        {...handlers}
        onInteractOutside={staysForLayersAbove}
        aria-describedby={undefined}
        className={cn(
          'fixed inset-y-0 z-50 flex w-[min(24rem,calc(100vw-3rem))] flex-col bg-popover text-foreground shadow-popover outline-none duration-200 data-[state=closed]:animate-out data-[state=open]:animate-in',
          sides[side],
          className,
        )}
      >
        <NotesOrigin into={cameFrom} />
        <div className="flex items-center gap-3 py-2 ps-4 pe-2">
          <Radix.Title className="min-w-0 flex-1 truncate font-semibold">{title}</Radix.Title>
          <Radix.Close asChild>
            <Button variant="ghost" size="icon" aria-label="Close">
              <X aria-hidden />
            </Button>
          </Radix.Close>
        </div>
        <div className="min-h-0 flex-1 overflow-y-auto p-4 pt-1">{children}</div>
        {footer ? <div className="border-t p-3">{footer}</div> : null}
      </Radix.Content>
    </Radix.Portal>
  )
}
