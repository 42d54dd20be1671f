import type { ReactNode } from 'react'

export interface PlainPageProps {
  readonly title: string
  readonly children: ReactNode
  readonly actions?: ReactNode
}

/** A page for people who are not signed in: no menu, one message, one way on. */
export function PlainPage({ title, children, actions }: PlainPageProps) {
  return (
    <main id="main" className="mx-auto flex min-h-svh max-w-md flex-col justify-center gap-4 p-6">
      <p className="font-semibold text-muted-foreground text-sm">SleepConnect</p>
      <h1 className="font-semibold text-2xl tracking-tight">{title}</h1>
      <div className="flex flex-col gap-3 text-pretty text-muted-foreground">{children}</div>
      {actions ? <div className="mt-2 flex flex-wrap gap-2">{actions}</div> : null}
    </main>
  )
}
