'use client'

import { Monitor, Moon, Sun } from 'lucide-react'
import { useTheme } from 'next-themes'
import { MenuLabel, MenuRadioGroup, MenuRadioItem } from './dropdown-menu.tsx'

/** Light, dark or as the system, for a menu that is there already. */
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
