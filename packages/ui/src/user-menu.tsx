'use client'

import { ChevronDown } from 'lucide-react'
import { Avatar } from './avatar.tsx'
import { Button } from './button.tsx'
import { later } from './later.ts'
import { MenuButton } from './menu-button.tsx'
import type { ShellPerson } from './user-menu-content.tsx'

interface UserMenuProps {
  readonly person: ShellPerson
  readonly signOutHref: string
}

export const userMenu = later(async () => (await import('./user-menu-content.tsx')).UserMenuContent)

/** Who is signed in, the appearance, and the way out. */
export function UserMenu({ person, signOutHref }: UserMenuProps) {
  return (
    <MenuButton
      menu={userMenu}
      about={{ person, signOutHref }}
      className="-me-1.5"
      button={
        <Button variant="ghost" className="gap-2 px-1.5">
          <Avatar name={person.name} size="sm" />
          <span className="sr-only">Account: </span>
          <bdi className="max-w-40 truncate font-normal max-lg:sr-only">{person.name}</bdi>
          <ChevronDown aria-hidden className="text-muted-foreground max-sm:hidden" />
        </Button>
      }
    />
  )
}
