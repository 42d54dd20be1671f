'use client'

import { useEffect, useRef, useState } from 'react'
import { MenuContent, MenuItem, MenuLabel, MenuRadioGroup, MenuRadioItem } from './dropdown-menu.tsx'
import { useMenuOwner } from './menu-owner.ts'
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

export interface PracticeMenuContentProps {
  readonly practice: ShellPractice
  readonly practiceSwitch: PracticeSwitch
  /** Id of the practice that is being switched to. */
  readonly goingTo: string | undefined
  readonly onGoingTo: (id: string | undefined) => void
}

type Choice = Awaited<ReturnType<PracticeSwitch['load']>>[number]
type Choices =
  | { readonly kind: 'loading' }
  | { readonly kind: 'failed'; readonly while: 'loading' | 'switching' }
  | { readonly kind: 'loaded'; readonly practices: readonly Choice[] }

/** The practices one may switch to, grouped by tenant, asked for at each opening. */
export function PracticeMenuContent(props: PracticeMenuContentProps) {
  return (
    <MenuContent align="start" className="w-72">
      <Practices {...props} />
    </MenuContent>
  )
}

/** In the page only while the menu is open. */
function Practices({ practice, practiceSwitch, goingTo, onGoingTo }: PracticeMenuContentProps) {
  const owner = useMenuOwner()
  const [choices, setChoices] = useState<Choices>({ kind: 'loading' })
  const latest = useRef(practiceSwitch)
  useEffect(() => {
    latest.current = practiceSwitch
  })

  const load = async () => {
    setChoices({ kind: 'loading' })
    try {
      setChoices({ kind: 'loaded', practices: await latest.current.load() })
    } catch {
      setChoices({ kind: 'failed', while: 'loading' })
    }
  }
  const loadOnce = useRef(load)
  useEffect(() => void loadOnce.current(), [])

  const select = async (id: string) => {
    onGoingTo(id)
    try {
      await practiceSwitch.select(id)
      owner?.close()
    } catch {
      setChoices({ kind: 'failed', while: 'switching' })
    } finally {
      onGoingTo(undefined)
    }
  }

  switch (choices.kind) {
    case 'loading':
      return (
        <div role="none" className="flex flex-col gap-2 p-2">
          <Skeleton className="h-6" />
          <Skeleton className="h-6" />
        </div>
      )
    case 'failed':
      return (
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
      )
    case 'loaded':
      return byTenant(choices.practices).map(([tenantName, practices]) => (
        <MenuRadioGroup
          key={tenantName}
          aria-label={tenantName}
          value={practice.id}
          onValueChange={(id) => {
            if (id === practice.id) owner?.close()
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
  }
}

function byTenant(practices: readonly Choice[]): readonly (readonly [string, readonly Choice[]])[] {
  return [...Map.groupBy(practices, (practice) => practice.tenantName)]
}
