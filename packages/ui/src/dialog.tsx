'use client'

import { X } from 'lucide-react'
import { Dialog as Radix } from 'radix-ui'
import type { ReactNode } from 'react'
import { Button } from './button.tsx'
import { cn } from './class-names.ts'
import { staysForLayersAbove } from './layers-above.ts'
import { NotesOrigin, useReturnFocus } from './return-focus.ts'

export const Dialog = Radix.Root
export const DialogTrigger = Radix.Trigger
export const DialogClose = Radix.Close

export interface DialogContentProps {
  readonly title: ReactNode
  readonly description?: ReactNode
  readonly children?: ReactNode
  /** Buttons; the main one last. */
  readonly footer?: ReactNode
  /** 400, 560 or 800 px wide. Default `md`. */
  readonly size?: 'sm' | 'md' | 'lg' | undefined
  /** Whether it has a cross to close it. Default true. */
  readonly closable?: boolean | undefined
  readonly className?: string | undefined
}

const widths = { sm: 'sm:max-w-100', md: 'sm:max-w-140', lg: 'sm:max-w-200' } as const

/** The window of a dialog. Below 640 px it rises from the bottom over the whole width; the middle scrolls, head and feet stay. */
export function DialogContent({
  title,
  description,
  children,
  footer,
  size = 'md',
  closable = true,
  className,
}: DialogContentProps) {
  const { cameFrom, handlers } = useReturnFocus()
  return (
    <Radix.Portal>
      <Radix.Overlay className="data-[state=closed]:fade-out data-[state=open]:fade-in fixed inset-0 z-50 bg-overlay data-[state=closed]:animate-out data-[state=open]:animate-in" />
      <Radix.Content
        {...handlers}
        onInteractOutside={staysForLayersAbove}
        {...(description ? {} : { 'aria-describedby': undefined })}
        className={cn(
          'fixed inset-x-0 bottom-0 z-50 flex max-h-[92dvh] flex-col rounded-t-xl border bg-popover text-foreground shadow-popover outline-none',
          'sm:inset-x-auto sm:top-1/2 sm:bottom-auto sm:left-1/2 sm:max-h-[85dvh] sm:w-[calc(100vw-2rem)] sm:-translate-x-1/2 sm:-translate-y-1/2 sm:rounded-xl',
          'data-[state=closed]:fade-out data-[state=open]:fade-in data-[state=closed]:animate-out data-[state=open]:animate-in',
          widths[size],
          className,
        )}
      >
        <NotesOrigin into={cameFrom} />
        <div className="py-4 ps-5 pe-14">
          <Radix.Title className="font-semibold text-lg">{title}</Radix.Title>
          {description ? (
            <Radix.Description className="mt-1 text-muted-foreground">{description}</Radix.Description>
          ) : null}
        </div>
        {children ? <div className="min-h-0 flex-1 overflow-y-auto px-5 pt-1 pb-5">{children}</div> : null}
        {footer ? (
          <div className="flex flex-col-reverse gap-2 border-t px-5 py-3 sm:flex-row sm:justify-end">{footer}</div>
        ) : null}
        {/* Last in the order of the keyboard, so that a dialog opens on its first control and not on its way out. */}
        {closable ? (
          <Radix.Close asChild>
            <Button variant="ghost" size="icon" aria-label="Close" className="absolute end-3 top-3 size-8">
              <X aria-hidden />
            </Button>
          </Radix.Close>
        ) : null}
      </Radix.Content>
    </Radix.Portal>
  )
}
