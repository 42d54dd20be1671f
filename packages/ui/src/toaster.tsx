'use client'

import { CircleAlert, CircleCheck, TriangleAlert } from 'lucide-react'
import { useTheme } from 'next-themes'
import type { ReactNode } from 'react'
import { Toaster as Sonner, toast } from 'sonner'
import { buttonClass } from './button.tsx'
import { cn } from './class-names.ts'

export interface Notice {
  readonly title: ReactNode
  readonly description?: ReactNode
  /** One act, above all "Undo". Anything a person must not miss needs a place on the screen as well. */
  readonly action?: { readonly label: string; readonly onSelect: () => void } | undefined
  readonly tone?: 'neutral' | 'good' | 'warning' | 'danger' | undefined
}

const icons = {
  neutral: undefined,
  good: <CircleCheck className="size-4 text-good" />,
  warning: <TriangleAlert className="size-4 text-warning" />,
  danger: <CircleAlert className="size-4 text-danger" />,
} as const

/** Shows a notice at the edge of the screen for 5 s, or 10 s when it offers an act. Answers its id. */
export function notify({ title, description, action, tone = 'neutral' }: Notice): string | number {
  return toast(title, {
    description,
    icon: icons[tone],
    duration: action ? 10_000 : 5_000,
    ...(action ? { action: { label: action.label, onClick: action.onSelect } } : {}),
  })
}

/** Takes a notice away before its time. */
export function dismissNotice(id: string | number): void {
  toast.dismiss(id)
}

/** Where notices appear. Once per page, inside ThemeProvider. Alt+T moves the focus there. */
export function Toaster() {
  const { resolvedTheme } = useTheme()
  return (
    <Sonner
      theme={resolvedTheme === 'dark' ? 'dark' : 'light'}
      position="bottom-right"
      containerAriaLabel="Notices"
      closeButton
      expand
      // Under dialogs: on a phone both rise from the bottom, and a notice must not lie on a dialog's buttons.
      style={{ zIndex: 45 }}
      gap={8}
      offset={16}
      mobileOffset={12}
      toastOptions={{
        unstyled: true,
        closeButtonAriaLabel: 'Dismiss notice',
        classNames: {
          toast:
            'group/notice relative flex w-(--width) items-center gap-2.5 rounded-lg border bg-popover py-2.5 ps-3.5 pe-11 font-sans text-base text-foreground shadow-popover max-sm:w-full',
          content: 'min-w-0 flex-1',
          title: 'font-medium',
          description: 'text-muted-foreground text-sm',
          icon: 'flex shrink-0',
          actionButton: cn(buttonClass({ variant: 'secondary', size: 'sm' })),
          closeButton:
            'focus-ring absolute end-2 top-1/2 flex size-7 -translate-y-1/2 items-center justify-center rounded-md bg-transparent! text-muted-foreground hover:bg-muted! hover:text-foreground [&_svg]:size-3.5',
        },
      }}
    />
  )
}
