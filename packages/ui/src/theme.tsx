'use client'

import { Monitor, Moon, Sun } from 'lucide-react'
import { ThemeProvider as NextThemes, useTheme } from 'next-themes'
import type { ReactNode } from 'react'
import { Button } from './button.tsx'
import { Menu, MenuContent, MenuLabel, MenuRadioGroup, MenuRadioItem, MenuTrigger } from './dropdown-menu.tsx'

export interface ThemeProviderProps {
  /** Nonce of the page's content security policy, for the script that sets the class before the first paint. */
  readonly nonce?: string | undefined
  readonly children: ReactNode
}

/** Light, dark or the system's choice, remembered in the browser under one key for both zones. */
export function ThemeProvider({ nonce, children }: ThemeProviderProps) {
  return (
    <NextThemes
      attribute="class"
      storageKey="sax-theme"
      defaultTheme="system"
      enableSystem
      disableTransitionOnChange
      {...(nonce === undefined ? {} : { nonce })}
    >
      {children}
    </NextThemes>
  )
}

/** The three choices, for a menu that is there already. */
export function ThemeMenuItems() {
  const { theme, setTheme } = useTheme()
  return (
    <MenuRadioGroup value={theme ?? 'system'} onValueChange={setTheme} aria-label="Appearance">
      <MenuLabel>Appearance</MenuLabel>
      <MenuRadioItem value="light" icon={<Sun />}>
        Light
      </MenuRadioItem>
      <MenuRadioItem value="dark" icon={<Moon />}>
        Dark
      </MenuRadioItem>
      <MenuRadioItem value="system" icon={<Monitor />}>
        As the system
      </MenuRadioItem>
    </MenuRadioGroup>
  )
}

/** A button of its own, for pages without the shell. */
export function ThemeToggle() {
  return (
    <Menu>
      <MenuTrigger asChild>
        <Button variant="ghost" size="icon" aria-label="Appearance">
          {/* Both are in the page and CSS shows one: the server does not know the theme. */}
          <Sun aria-hidden className="dark:hidden" />
          <Moon aria-hidden className="hidden dark:block" />
        </Button>
      </MenuTrigger>
      <MenuContent>
        <ThemeMenuItems />
      </MenuContent>
    </Menu>
  )
}
