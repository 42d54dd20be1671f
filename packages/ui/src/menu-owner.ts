'use client'

import { createContext, use } from 'react'

/** The button that a menu belongs to. */
export interface MenuOwner {
  /** Id of the button, which names the menu. */
  readonly buttonId: string
  readonly focusButton: () => void
  /** Closes the menu although nothing was chosen. */
  readonly close: () => void
}

export const MenuOwnerContext = createContext<MenuOwner | undefined>(undefined)

/** The menu's own button; undefined where a menu has a trigger of Radix's. */
export function useMenuOwner(): MenuOwner | undefined {
  return use(MenuOwnerContext)
}
