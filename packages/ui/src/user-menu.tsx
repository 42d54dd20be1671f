'use client'

import { ChevronDown, LogOut } from 'lucide-react'
import { Avatar } from './avatar.tsx'
import { Button } from './button.tsx'
import { Menu, MenuContent, MenuItem, MenuSeparator, MenuTrigger } from './dropdown-menu.tsx'
import { ThemeMenuItems } from './theme.tsx'

export interface ShellPerson {
  readonly name: string
  readonly email: string
  /** For example "Coordinator". */
  readonly roleLabel: string
}

interface UserMenuProps {
  readonly person: ShellPerson
  readonly signOutHref: string
}

/** Who is signed in, the appearance, and the way out (a hard link: the host ends the session). */
export function UserMenu({ person, signOutHref }: UserMenuProps) {
  return (
    <Menu>
      <MenuTrigger asChild>
        <Button variant="ghost" className="-me-1.5 gap-2 px-1.5">
          <Avatar name={person.name} size="sm" />
          <span className="sr-only">Account: </span>
          <bdi className="max-w-40 truncate font-normal max-lg:sr-only">{person.name}</bdi>
          <ChevronDown aria-hidden className="text-muted-foreground max-sm:hidden" />
        </Button>
      </MenuTrigger>
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
    </Menu>
  )
}
