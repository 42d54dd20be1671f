import type { ComponentProps, ReactNode } from 'react'
import { cn } from './class-names.ts'

export function Card({ className, ...rest }: ComponentProps<'div'>) {
  return <div className={cn('min-w-0 rounded-lg border bg-card text-foreground', className)} {...rest} />
}

export interface CardHeaderProps {
  readonly title: ReactNode
  readonly description?: ReactNode
  readonly actions?: ReactNode
  readonly className?: string | undefined
}

export function CardHeader({ title, description, actions, className }: CardHeaderProps) {
  return (
    <div className={cn('flex flex-wrap items-center justify-between gap-x-4 gap-y-2 border-b px-4 py-3', className)}>
      <div className="min-w-0">
        <h2 className="font-semibold text-base">{title}</h2>
        {description ? <p className="mt-0.5 text-muted-foreground text-sm">{description}</p> : null}
      </div>
      {actions ? <div className="flex shrink-0 items-center gap-2">{actions}</div> : null}
    </div>
  )
}

export function CardBody({ className, ...rest }: ComponentProps<'div'>) {
  return <div className={cn('p-4', className)} {...rest} />
}
