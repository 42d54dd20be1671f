'use client'

import { CircleAlert, CircleCheck, TriangleAlert } from 'lucide-react'
import { useTheme } from 'next-themes'
import { type ReactNode, useEffect } from 'react'
import { Toaster as Sonner, toast } from 'sonner'
import { buttonClass } from './button.tsx'
import { cn } from './class-names.ts'

const icons = {
  neutral: undefined,
  good: <CircleCheck className="size-4 text-good" />,
  warning: <TriangleAlert className="size-4 text-warning" />,
  danger: <CircleAlert className="size-4 text-danger" />,
} as const

export interface Notice {
  readonly title: ReactNode
  readonly description?: ReactNode
  /** One act, above all "Undo". Anything a person must not miss needs a place on the screen as well. */
  readonly action?: { readonly label: string; readonly onSelect: () => void } | undefined
  readonly tone?: 'neutral' | 'good' | 'warning' | 'danger' | undefined
}

export interface NoticesProps {
  /** What is to be shown, in order. Each is given once. */
  readonly take: () => readonly Notice[]
  /** Answers how to stop listening. */
  readonly subscribe: (listener: () => void) => () => void
}

/** The place of notices. Shows what was asked for before it was there. */
export function Notices({ take, subscribe }: NoticesProps) {
  const { resolvedTheme } = useTheme()
  useEffect(() => {
    const showAll = () => {
      for (const notice of take()) show(notice)
    }
    showAll()
    return subscribe(showAll)
  }, [take, subscribe])
  return (
    <Sonner
      theme={resolvedTheme === 'dark' ? 'dark' : 'light'}
      position="bottom-right"
      containerAriaLabel="Notices"
      className="print:hidden"
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

function show({ title, description, action, tone = 'neutral' }: Notice): void {
  toast(title, {
    description,
    icon: icons[tone],
    duration: action ? 10_000 : 5_000,
    ...(action ? { action: { label: action.label, onClick: action.onSelect } } : {}),
  })
}
