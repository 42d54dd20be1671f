'use client'

import { LogOut } from 'lucide-react'
import { Avatar } from './avatar.tsx'
import { MenuContent, MenuItem, MenuSeparator } from './dropdown-menu.tsx'
import { ThemeMenuItems } from './theme-menu.tsx'

export interface ShellPerson {
  readonly name: string
  readonly email: string
  /** For example "Coordinator". */
  readonly roleLabel: string
}

export interface UserMenuContentProps {
  readonly person: ShellPerson
  readonly signOutHref: string
}

/** What the person's menu holds. Signing out is a hard link: the host ends the session. */
export function UserMenuContent({ person, signOutHref }: UserMenuContentProps) {
  return (
    <MenuContent className="w-60">
      <div className="flex items-center gap-2.5 px-2 py-2">
        <Avatar name={person.name} />
        <div className="min-w-0">
          <p dir="auto" className="truncate font-medium">
            {person.name}
          </p>
          <p className="truncate text-muted-foreground text-xs">{person.email}</p>
          <p className="truncate text-muted-foreground text-xs">{person.roleLabel}</p>
        </div>
      </div>
      <MenuSeparator />
      <ThemeMenuItems />
      <MenuSeparator />
      <MenuItem asChild>
        <a href={signOutHref}>
          <LogOut aria-hidden className="text-muted-foreground" />
          Sign out
        </a>
      </MenuItem>
    </MenuContent>
  )
}
