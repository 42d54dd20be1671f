'use client'

import { Check } from 'lucide-react'
import { DropdownMenu as Radix } from 'radix-ui'
import { type ComponentProps, type ReactNode, useRef } from 'react'
import { cn } from './class-names.ts'
import { useMenuOwner } from './menu-owner.ts'

/** Not modal: the page behind keeps its scroll bar and stays readable to assistive technology. */
export function Menu(props: ComponentProps<typeof Radix.Root>) {
  return <Radix.Root modal={false} {...props} />
}

export const MenuTrigger = Radix.Trigger
export const MenuRadioGroup = Radix.RadioGroup

const itemClass =
  'relative flex min-h-8 cursor-default select-none items-center gap-2 rounded-md px-2 py-1 text-base outline-none data-disabled:pointer-events-none data-disabled:opacity-60 data-highlighted:bg-accent data-highlighted:text-accent-foreground [&_svg]:size-4 [&_svg]:shrink-0'

export function MenuContent({
  className,
  align = 'end',
  sideOffset = 4,
  ...rest
}: ComponentProps<typeof Radix.Content>) {
  return (
    <Radix.Portal>
      <Radix.Content
        align={align}
        sideOffset={sideOffset}
        collisionPadding={8}
        {...useOwnButton()}
        className={cn(
          'data-[state=closed]:fade-out data-[state=open]:fade-in z-50 max-h-(--radix-dropdown-menu-content-available-height) min-w-44 max-w-[calc(100vw-1rem)] overflow-y-auto rounded-lg border bg-popover p-1 text-foreground shadow-popover data-[state=closed]:animate-out data-[state=open]:animate-in',
          className,
        )}
        {...rest}
      />
    </Radix.Portal>
  )
}

/** A menu of a button of ours carries its name, and gives the focus back to it unless the person went elsewhere. */
function useOwnButton(): Pick<
  ComponentProps<typeof Radix.Content>,
  'aria-labelledby' | 'onInteractOutside' | 'onCloseAutoFocus'
> {
  const owner = useMenuOwner()
  const wentElsewhere = useRef(false)
  if (owner === undefined) return {}
  return {
    'aria-labelledby': owner.buttonId,
    onInteractOutside: () => {
      wentElsewhere.current = true
    },
    onCloseAutoFocus: (event) => {
      event.preventDefault()
      if (!wentElsewhere.current) owner.focusButton()
      wentElsewhere.current = false
    },
  }
}

export interface MenuItemProps extends ComponentProps<typeof Radix.Item> {
  readonly icon?: ReactNode
  readonly danger?: boolean | undefined
  /** The key that does the same, for example `E`. */
  readonly shortcut?: string | undefined
}

export function MenuItem({ icon, danger, shortcut, className, children, asChild, ...rest }: MenuItemProps) {
  const classes = cn(
    itemClass,
    danger && 'text-danger data-highlighted:bg-danger-soft data-highlighted:text-danger',
    className,
  )
  if (asChild) {
    return (
      <Radix.Item asChild className={classes} {...rest}>
        {children}
      </Radix.Item>
    )
  }
  return (
    <Radix.Item className={classes} {...rest}>
      {icon ? (
        <span aria-hidden className={cn('flex', !danger && 'text-muted-foreground')}>
          {icon}
        </span>
      ) : null}
      <span className="min-w-0 flex-1">{children}</span>
      {shortcut ? <kbd className="text-muted-foreground text-xs">{shortcut}</kbd> : null}
    </Radix.Item>
  )
}

export function MenuCheckboxItem({ className, children, ...rest }: ComponentProps<typeof Radix.CheckboxItem>) {
  return (
    <Radix.CheckboxItem className={cn(itemClass, 'pe-8', className)} {...rest}>
      {children}
      <Chosen />
    </Radix.CheckboxItem>
  )
}

export function MenuRadioItem({
  icon,
  className,
  children,
  ...rest
}: ComponentProps<typeof Radix.RadioItem> & { readonly icon?: ReactNode }) {
  return (
    <Radix.RadioItem className={cn(itemClass, 'pe-8', className)} {...rest}>
      {icon ? (
        <span aria-hidden className="flex text-muted-foreground">
          {icon}
        </span>
      ) : null}
      {children}
      <Chosen />
    </Radix.RadioItem>
  )
}

function Chosen() {
  return (
    <Radix.ItemIndicator className="absolute end-2">
      <Check aria-hidden className="text-primary" />
    </Radix.ItemIndicator>
  )
}

export function MenuLabel({ className, ...rest }: ComponentProps<typeof Radix.Label>) {
  return <Radix.Label className={cn('px-2 py-1.5 text-muted-foreground text-xs', className)} {...rest} />
}

export function MenuSeparator({ className, ...rest }: ComponentProps<typeof Radix.Separator>) {
  return <Radix.Separator className={cn('-mx-1 my-1 h-px bg-border', className)} {...rest} />
}
