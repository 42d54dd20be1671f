'use client'

import { host, type NavigationItem, outreachPath, practicePath } from '@sax/topology'
import { AppShell } from '@sax/ui/app-shell'
import { switchPractice } from '@sax/ui/switch-practice'
import Link from 'next/link'
import { usePathname } from 'next/navigation'
import type { ReactNode } from 'react'
import { useOutreachApi } from '../session/outreach-data.tsx'
import { currentItem } from './current-item.ts'
import { navigationIcon } from './navigation-icon.tsx'

export interface HostShellProps {
  readonly items: readonly NavigationItem[]
  readonly person: { readonly name: string; readonly email: string; readonly roleLabel: string }
  readonly practice: { readonly id: string; readonly name: string }
  readonly signOutHref: string
  readonly children: ReactNode
}

/** The frame around every page of the host. Items of other zones are hard links. */
export function HostShell({ items, person, practice, signOutHref, children }: HostShellProps) {
  const api = useOutreachApi()
  const current = currentItem(items, usePathname())
  return (
    <AppShell
      zone={host.name}
      items={items.map((item) => ({
        id: item.id,
        label: item.label,
        href: item.href,
        icon: navigationIcon(item.id),
        hard: item.zone !== host.name,
        current: item.id === current,
      }))}
      person={person}
      practice={practice}
      practiceSwitch={{
        load: async () =>
          (await api.call('listPractices', {})).data.map(({ id, name, tenantName }) => ({ id, name, tenantName })),
        select: goOnIn,
      }}
      signOutHref={signOutHref}
      linkComponent={Link}
    >
      {children}
    </AppShell>
  )
}

/** Everything on the screen belongs to the old practice, so the page starts afresh. */
async function goOnIn(practiceId: string): Promise<void> {
  await switchPractice(practicePath, practiceId)
  window.location.assign(startPage())
}

function startPage(): string {
  const here = window.location.pathname
  // A patient's page belongs to the old practice; lists exist in every practice.
  return here.startsWith(outreachPath()) ? here : (here.match(/^\/[^/]*/)?.[0] ?? here)
}
