'use client'

import { Check, ChevronDown, ChevronUp } from 'lucide-react'
import { Select as Radix } from 'radix-ui'
import { cn } from './class-names.ts'
import { controlClass } from './input.tsx'

export interface SelectOption {
  /** Never the empty string: Radix keeps it for "nothing chosen". */
  readonly value: string
  readonly label: string
  readonly description?: string | undefined
  readonly disabled?: boolean | undefined
}

export interface SelectProps {
  readonly value: string | undefined
  readonly onValueChange: (value: string) => void
  readonly options: readonly SelectOption[]
  readonly placeholder?: string | undefined
  readonly id?: string | undefined
  readonly disabled?: boolean | undefined
  readonly size?: 'sm' | 'md' | undefined
  readonly className?: string | undefined
  readonly 'aria-label'?: string | undefined
  readonly 'aria-describedby'?: string | undefined
  readonly 'aria-invalid'?: boolean | undefined
}

/** One choice out of a short list. For long or searched lists take Combobox. */
export function Select({
  value,
  onValueChange,
  options,
  placeholder = 'Choose',
  disabled,
  size = 'md',
  className,
  ...aria
}: SelectProps) {
  return (
    <Radix.Root value={value ?? ''} onValueChange={onValueChange} disabled={disabled ?? false}>
      <Radix.Trigger
        className={cn(
          controlClass,
          'flex items-center justify-between gap-2 text-start data-placeholder:text-muted-foreground',
          size === 'sm' ? 'h-8 px-2.5 text-sm' : 'h-9 px-3',
          className,
        )}
        {...aria}
      >
        <span className="truncate">
          <Radix.Value placeholder={placeholder} />
        </span>
        <Radix.Icon asChild>
          <ChevronDown aria-hidden className="size-4 shrink-0 text-muted-foreground" />
        </Radix.Icon>
      </Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          position="popper"
          sideOffset={4}
          className="z-50 max-h-(--radix-select-content-available-height) min-w-(--radix-select-trigger-width) max-w-[calc(100vw-1rem)] overflow-hidden rounded-lg border bg-popover text-foreground shadow-popover"
        >
          <Radix.ScrollUpButton className="flex h-6 items-center justify-center text-muted-foreground">
            <ChevronUp aria-hidden className="size-4" />
          </Radix.ScrollUpButton>
          <Radix.Viewport className="p-1">
            {options.map((option) => (
              <SelectItem key={option.value} option={option} />
            ))}
          </Radix.Viewport>
          <Radix.ScrollDownButton className="flex h-6 items-center justify-center text-muted-foreground">
            <ChevronDown aria-hidden className="size-4" />
          </Radix.ScrollDownButton>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}

function SelectItem({ option }: { readonly option: SelectOption }) {
  return (
    <Radix.Item
      value={option.value}
      disabled={option.disabled ?? false}
      // The name is all that stands there, the description too; Radix would take the label alone.
      aria-labelledby={undefined}
      className="relative flex min-h-8 cursor-default select-none flex-col justify-center rounded-md py-1 ps-2 pe-8 text-base outline-none data-disabled:opacity-60 data-highlighted:bg-accent data-highlighted:text-accent-foreground"
    >
      <Radix.ItemText>{option.label}</Radix.ItemText>
      {option.description ? <span className="text-muted-foreground text-xs">{option.description}</span> : null}
      <Radix.ItemIndicator className="absolute end-2">
        <Check aria-hidden className="size-4 text-primary" />
      </Radix.ItemIndicator>
    </Radix.Item>
  )
}
