'use client'

import { Slot } from 'radix-ui'
import {
  type ComponentType,
  type KeyboardEvent,
  type MouseEvent,
  type PointerEvent,
  type ReactElement,
  useId,
  useMemo,
  useRef,
  useState,
} from 'react'
import { cn } from './class-names.ts'
import { type Later, later, useLater } from './later.ts'
import { MenuOwnerContext } from './menu-owner.ts'

/** What every menu needs, and no page before one is opened. */
export const menuParts = later(() => import('./dropdown-menu.tsx'))

export interface MenuButtonProps<Props extends object> {
  /** One button. It is the same element before and after the menu's code is there, so that it keeps the focus. */
  readonly button: ReactElement
  /** A component that draws `MenuContent` with its items. */
  readonly menu: Later<ComponentType<Props>>
  /** Props of that component. */
  readonly about: Props
  readonly className?: string | undefined
}

/**
 * A button with a menu whose code is fetched when a pointer or the focus comes near. It opens as Radix's own trigger
 * does: on the way down of a pointer, by Enter, Space and the arrow down; and by the click of assistive technology.
 */
export function MenuButton<Props extends object>({ button, menu, about, className }: MenuButtonProps<Props>) {
  const buttonId = useId()
  const element = useRef<HTMLButtonElement>(null)
  const [near, setNear] = useState(false)
  const [open, setOpen] = useState(false)
  const parts = useLater(menuParts, near)
  const Content = useLater(menu, near)
  const owner = useMemo(
    () => ({ buttonId, focusButton: () => element.current?.focus(), close: () => setOpen(false) }),
    [buttonId],
  )
  const approach = () => setNear(true)
  const show = () => {
    setNear(true)
    setOpen(true)
    // Nothing opens without its code: the button is as before, and can be tried again.
    Promise.all([menuParts.load(), menu.load()]).catch(() => setOpen(false))
  }
  const toggle = () => (open ? setOpen(false) : show())
  const shown = open && parts !== undefined && Content !== undefined

  return (
    <span className={cn('relative inline-flex', className)}>
      <Slot.Root
        ref={element}
        id={buttonId}
        aria-haspopup="menu"
        aria-expanded={shown}
        data-state={shown ? 'open' : 'closed'}
        onPointerEnter={approach}
        onFocus={approach}
        onPointerDown={(event: PointerEvent) => {
          if (event.button !== 0 || event.ctrlKey) return
          // The focus goes to the menu.
          if (!open) event.preventDefault()
          toggle()
        }}
        onKeyDown={(event: KeyboardEvent) => {
          if (event.key === 'Enter' || event.key === ' ') toggle()
          else if (event.key === 'ArrowDown') show()
          else return
          event.preventDefault()
        }}
        onClick={(event: MouseEvent) => {
          if (event.detail === 0) toggle()
        }}
      >
        {button}
      </Slot.Root>
      {parts === undefined || Content === undefined ? null : (
        <MenuOwnerContext value={owner}>
          <parts.Menu open={open} onOpenChange={setOpen}>
            {/* Where the menu is: Radix places it by an element of its own. */}
            <parts.MenuTrigger asChild>
              <span aria-hidden className="pointer-events-none absolute inset-0" />
            </parts.MenuTrigger>
            <Content {...about} />
          </parts.Menu>
        </MenuOwnerContext>
      )}
    </span>
  )
}
