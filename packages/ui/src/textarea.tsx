import type { ComponentProps } from 'react'
import { cn } from './class-names.ts'
import { controlClass } from './input.tsx'

/** Grows with its text where the browser can (`field-sizing`), between `min-h` and `max-h`. */
export function Textarea({ className, ...rest }: ComponentProps<'textarea'>) {
  return (
    <textarea
      className={cn(
        controlClass,
        'field-sizing-content max-h-[60dvh] min-h-24 resize-y px-3 py-2 read-only:bg-muted',
        className,
      )}
      {...rest}
    />
  )
}
