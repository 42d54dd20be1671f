import type { ReactNode } from 'react'

export interface PageHeaderProps {
  readonly title: ReactNode
  readonly description?: ReactNode
  readonly actions?: ReactNode
  /** A link to the page above, shown over the title. */
  readonly back?: ReactNode
  /** Beside the title, for example a Badge. */
  readonly meta?: ReactNode
}

/** The head of a page with its only `h1`. */
export function PageHeader({ title, description, actions, back, meta }: PageHeaderProps) {
  return (
    <header className="mb-4 flex flex-col gap-1">
      {back ? <div className="text-muted-foreground text-sm">{back}</div> : null}
      <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
        <div className="min-w-0 flex-1 basis-72">
          <div className="flex flex-wrap items-center gap-x-2.5 gap-y-1">
            <h1 className="min-w-0 break-words font-semibold text-xl tracking-tight">{title}</h1>
            {meta}
          </div>
          {description ? <p className="mt-0.5 max-w-[70ch] text-muted-foreground">{description}</p> : null}
        </div>
        {actions ? <div className="flex flex-wrap items-center gap-2">{actions}</div> : null}
      </div>
    </header>
  )
}
