'use client'

import { Building2, ChevronsUpDown } from 'lucide-react'
import { useState } from 'react'
import { Button } from './button.tsx'
import { later } from './later.ts'
import { MenuButton } from './menu-button.tsx'
import type { PracticeSwitch, ShellPractice } from './practice-menu-content.tsx'

interface PracticeSwitcherProps {
  readonly practice: ShellPractice
  readonly practiceSwitch: PracticeSwitch | undefined
}

export const practiceMenu = later(async () => (await import('./practice-menu-content.tsx')).PracticeMenuContent)

/** The practice one works in, and the way to another one. */
export function PracticeSwitcher({ practice, practiceSwitch }: PracticeSwitcherProps) {
  const [goingTo, setGoingTo] = useState<string>()
  if (!practiceSwitch) {
    return (
      <span className="flex min-w-0 items-center gap-2 text-muted-foreground">
        <Building2 aria-hidden className="size-4 shrink-0" />
        <bdi className="truncate">{practice.name}</bdi>
      </span>
    )
  }
  return (
    <MenuButton
      menu={practiceMenu}
      about={{ practice, practiceSwitch, goingTo, onGoingTo: setGoingTo }}
      className="min-w-0"
      button={
        <Button
          variant="ghost"
          busy={goingTo !== undefined}
          aria-label={`Practice: ${practice.name}. Switch practice`}
          className="min-w-0 shrink px-2 font-normal"
        >
          <Building2 aria-hidden className="text-muted-foreground max-sm:hidden" />
          <bdi className="truncate">{practice.name}</bdi>
          <ChevronsUpDown aria-hidden className="text-muted-foreground" />
        </Button>
      }
    />
  )
}
