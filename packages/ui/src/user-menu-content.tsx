'use client'

import { LogOut } from 'lucide-react'
import type { MouseEvent } from 'react'
import { Avatar } from './avatar.tsx'
import { browserStorage } from './browser-storage.ts'
import { MenuContent, MenuItem, MenuSeparator } from './dropdown-menu.tsx'
import { useMenuOwner } from './menu-owner.ts'
import { useSession } from './session.tsx'
import { signOut } from './sign-out.ts'
import { ThemeMenuItems } from './theme-menu.tsx'
import { hasUnsent, unsentOf } from './unsent.ts'

export { SignOutDialog } from './sign-out-dialog.tsx'

export interface ShellPerson {
  readonly name: string
  readonly email: string
  /** For example "Coordinator". */
  readonly roleLabel: string
}

export interface UserMenuContentProps {
  readonly person: ShellPerson
  readonly signOutHref: string
  /** Signing out would lose something: a question is due before. */
  readonly onUnsent: () => void
}

/** What the person's menu holds. Signing out is a hard link, which what was not sent may hold up. */
export function UserMenuContent({ person, signOutHref, onUnsent }: UserMenuContentProps) {
  const { saxId } = useSession()
  const owner = useMenuOwner()
  const leave = (event: MouseEvent) => {
    event.preventDefault()
    if (!hasUnsent(unsentOf(browserStorage(), saxId))) return signOut(saxId, signOutHref)
    owner?.close()
    onUnsent()
  }
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
        <a href={signOutHref} onClick={leave}>
          <LogOut aria-hidden className="text-muted-foreground" />
          Sign out
        </a>
      </MenuItem>
    </MenuContent>
  )
}
