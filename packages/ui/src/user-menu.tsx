'use client'

import { ChevronDown } from 'lucide-react'
import { useState } from 'react'
import { Avatar } from './avatar.tsx'
import { Button } from './button.tsx'
import { later, useLater } from './later.ts'
import { MenuButton } from './menu-button.tsx'
import type { ShellPerson } from './user-menu-content.tsx'

interface UserMenuProps {
  readonly person: ShellPerson
  readonly signOutHref: string
}

export const userMenu = later(async () => (await import('./user-menu-content.tsx')).UserMenuContent)
/** Comes with the menu that opens it. */
const signOutDialog = later(async () => (await import('./user-menu-content.tsx')).SignOutDialog)

/** Who is signed in, the appearance, and the way out. */
export function UserMenu({ person, signOutHref }: UserMenuProps) {
  const [asking, setAsking] = useState(false)
  const SignOutDialog = useLater(signOutDialog, asking)
  return (
    <>
      <MenuButton
        menu={userMenu}
        about={{ person, signOutHref, onUnsent: () => setAsking(true) }}
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
      {asking && SignOutDialog !== undefined ? (
        <SignOutDialog signOutHref={signOutHref} onStay={() => setAsking(false)} />
      ) : null}
    </>
  )
}
