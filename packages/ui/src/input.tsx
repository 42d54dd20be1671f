import type { ComponentProps } from 'react'
import { cn } from './class-names.ts'

/** The look of every control one types into; Textarea, Select and Combobox share it. */
export const controlClass =
  'focus-ring w-full min-w-0 rounded-lg border border-input bg-card text-base text-foreground outline-offset-0 transition-colors placeholder:text-muted-foreground hover:border-muted-foreground disabled:cursor-not-allowed disabled:bg-muted disabled:text-muted-foreground aria-invalid:border-danger-solid'

export function Input({ className, type = 'text', ...rest }: ComponentProps<'input'>) {
  return <input type={type} className={cn(controlClass, 'h-9 px-3 read-only:bg-muted', className)} {...rest} />
}
