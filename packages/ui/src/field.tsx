'use client'

import { CircleAlert } from 'lucide-react'
import { cloneElement, type ReactElement, type ReactNode, useId } from 'react'
import { Label } from './label.tsx'

interface ControlProps {
  readonly id?: string | undefined
  readonly 'aria-describedby'?: string | undefined
  readonly 'aria-invalid'?: boolean | undefined
}

export interface FieldProps {
  readonly label: ReactNode
  /** Id of the control. Default: one is made and given to the control. */
  readonly htmlFor?: string | undefined
  readonly hint?: ReactNode
  /** What is wrong and what to do; announced with the control. */
  readonly error?: ReactNode
  /** Says "optional" beside the label. Required is the rule and is not said. */
  readonly optional?: boolean | undefined
  /** Right of the label, for example a counter. */
  readonly action?: ReactNode
  /** One control. It receives `id`, `aria-describedby` and `aria-invalid`. */
  readonly children: ReactElement<ControlProps>
}

/** A control with its label, hint and error, wired for assistive technology. */
export function Field({ label, htmlFor, hint, error, optional, action, children }: FieldProps) {
  const made = useId()
  const id = htmlFor ?? children.props.id ?? made
  const describedBy = [children.props['aria-describedby'], hint && `${id}-hint`, error && `${id}-error`]
    .filter(Boolean)
    .join(' ')
  return (
    <div className="flex min-w-0 flex-col gap-1.5">
      <div className="flex items-baseline justify-between gap-2">
        <Label htmlFor={id}>
          {label}
          {optional ? <span className="font-normal text-muted-foreground"> (optional)</span> : null}
        </Label>
        {action ? <div className="text-muted-foreground text-xs tabular-nums">{action}</div> : null}
      </div>
      {cloneElement(children, {
        id,
        ...(describedBy ? { 'aria-describedby': describedBy } : {}),
        ...(error ? { 'aria-invalid': true } : {}),
      })}
      {error ? (
        <p id={`${id}-error`} className="flex items-start gap-1.5 text-danger text-sm">
          <CircleAlert aria-hidden className="mt-0.5 size-4 shrink-0" />
          <span>{error}</span>
        </p>
      ) : null}
      {hint ? (
        <p id={`${id}-hint`} className="text-muted-foreground text-sm">
          {hint}
        </p>
      ) : null}
    </div>
  )
}
