'use client'

import { Building2, ChevronsUpDown } from 'lucide-react'
import { useState } from 'react'
import { Button } from './button.tsx'
import { Menu, MenuContent, MenuItem, MenuLabel, MenuRadioGroup, MenuRadioItem, MenuTrigger } from './dropdown-menu.tsx'
import { Skeleton } from './skeleton.tsx'

export interface ShellPractice {
  readonly id: string
  readonly name: string
  readonly tenantName?: string | undefined
}

export interface PracticeSwitch {
  /** Practices the person holds a role in. */
  load(): Promise<readonly { readonly id: string; readonly name: string; readonly tenantName: string }[]>
  /** Switches, and goes where it wants afterwards. */
  select(id: string): Promise<void>
}

interface PracticeSwitcherProps {
  readonly practice: ShellPractice
  readonly practiceSwitch: PracticeSwitch | undefined
}

type Choice = Awaited<ReturnType<PracticeSwitch['load']>>[number]
type Choices =
  | { readonly kind: 'loading' }
  | { readonly kind: 'failed'; readonly while: 'loading' | 'switching' }
  | { readonly kind: 'loaded'; readonly practices: readonly Choice[] }

/** The practice one works in, and the way to another one, grouped by tenant. */
export function PracticeSwitcher({ practice, practiceSwitch }: PracticeSwitcherProps) {
  const [open, setOpen] = useState(false)
  const [choices, setChoices] = useState<Choices>({ kind: 'loading' })
  const [goingTo, setGoingTo] = useState<string>()

  if (!practiceSwitch) {
    return (
      <span className="flex min-w-0 items-center gap-2 text-muted-foreground">
        <Building2 aria-hidden className="size-4 shrink-0" />
        <bdi className="truncate">{practice.name}</bdi>
      </span>
    )
  }

  const load = async () => {
    setChoices({ kind: 'loading' })
    try {
      setChoices({ kind: 'loaded', practices: await practiceSwitch.load() })
    } catch {
      setChoices({ kind: 'failed', while: 'loading' })
    }
  }
  const select = async (id: string) => {
    setGoingTo(id)
    try {
      await practiceSwitch.select(id)
      setOpen(false)
    } catch {
      setChoices({ kind: 'failed', while: 'switching' })
    } finally {
      setGoingTo(undefined)
    }
  }

  return (
    <Menu
      open={open}
      onOpenChange={(next) => {
        setOpen(next)
        if (next) void load()
      }}
    >
      <MenuTrigger asChild>
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
      </MenuTrigger>
      <MenuContent align="start" className="w-72">
        {choices.kind === 'loading' ? (
          <div role="none" className="flex flex-col gap-2 p-2">
            <Skeleton className="h-6" />
            <Skeleton className="h-6" />
          </div>
        ) : null}
        {choices.kind === 'failed' ? (
          <>
            <MenuLabel>
              {choices.while === 'loading' ? 'The practices did not load.' : 'The practice was not switched.'}
            </MenuLabel>
            <MenuItem
              onSelect={(event) => {
                event.preventDefault()
                void load()
              }}
            >
              Try again
            </MenuItem>
          </>
        ) : null}
        {choices.kind === 'loaded'
          ? byTenant(choices.practices).map(([tenantName, practices]) => (
              <MenuRadioGroup
                key={tenantName}
                aria-label={tenantName}
                value={practice.id}
                onValueChange={(id) => {
                  if (id === practice.id) setOpen(false)
                  else void select(id)
                }}
              >
                <MenuLabel>{tenantName}</MenuLabel>
                {practices.map((choice) => (
                  <MenuRadioItem
                    key={choice.id}
                    value={choice.id}
                    disabled={goingTo !== undefined}
                    // Open until the switch has worked: if it fails, the menu says so.
                    onSelect={(event) => event.preventDefault()}
                  >
                    <bdi className="min-w-0 flex-1 truncate">{choice.name}</bdi>
                  </MenuRadioItem>
                ))}
              </MenuRadioGroup>
            ))
          : null}
      </MenuContent>
    </Menu>
  )
}

function byTenant(practices: readonly Choice[]): readonly (readonly [string, readonly Choice[]])[] {
  return [...Map.groupBy(practices, (practice) => practice.tenantName)]
}
