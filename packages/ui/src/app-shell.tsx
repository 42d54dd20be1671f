'use client'

import { Menu as MenuIcon } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { Button } from './button.tsx'
import { later, useLater, useWhenIdle } from './later.ts'
import { menuParts } from './menu-button.tsx'
import type { PracticeSwitch, ShellPractice } from './practice-menu-content.tsx'
import { PracticeSwitcher, practiceMenu } from './practice-switcher.tsx'
import { sessionDialogs } from './session.tsx'
import { type LinkComponent, type ShellItem, ShellLink, ShellNavigation } from './shell-navigation.tsx'
import { notices } from './toaster.tsx'
import { UserMenu, userMenu } from './user-menu.tsx'
import type { ShellPerson } from './user-menu-content.tsx'

export type { PracticeSwitch, ShellItem, ShellPerson, ShellPractice }

export interface AppShellProps {
  /** Zone that renders the page; other zones' items are hard links. */
  readonly zone: string
  readonly items: readonly ShellItem[]
  readonly person: ShellPerson
  readonly practice: ShellPractice
  /** Absent: the person has one practice and sees its name only. */
  readonly practiceSwitch?: PracticeSwitch | undefined
  readonly signOutHref: string
  /** For links within the zone, for example next/link. Default `<a>`. */
  readonly linkComponent?: LinkComponent | undefined
  /** Default "SleepConnect". */
  readonly productName?: string | undefined
  /** Where the product name leads. Default: the first item. */
  readonly homeHref?: string | undefined
  readonly homeHard?: boolean | undefined
  /** A strip under the header, for example that a part of the site does not answer. */
  readonly notice?: ReactNode
  readonly children: ReactNode
}

const sheet = later(() => import('./sheet.tsx'))

/** Fetched when the page has settled: what says that something went wrong must be there when the network is not. */
const forLater = [sessionDialogs, notices, menuParts, userMenu, practiceMenu, sheet]

/** The frame that both zones share: header, navigation, the person's menu, and the page in `<main id="main">`. */
export function AppShell({
  zone,
  items,
  person,
  practice,
  practiceSwitch,
  signOutHref,
  linkComponent,
  productName = 'SleepConnect',
  homeHref = items[0]?.href ?? '/',
  homeHard = true,
  notice,
  children,
}: AppShellProps) {
  const [menuOpen, setMenuOpen] = useState(false)
  const parts = useLater(sheet, menuOpen)
  useWhenIdle(forLater)
  return (
    <div data-zone={zone} className="flex min-h-dvh flex-col">
      <a
        href="#main"
        className="focus-ring fixed start-3 print:hidden top-2 z-60 -translate-y-20 rounded-lg bg-primary px-3 py-2 font-medium text-primary-foreground focus:translate-y-0"
      >
        Skip to content
      </a>
      <header className="sticky top-0 z-40 flex h-12 items-center gap-2 border-b bg-card px-3 md:px-4 print:hidden">
        <Button
          variant="ghost"
          size="icon"
          aria-label="Menu"
          aria-haspopup="dialog"
          aria-expanded={menuOpen}
          className="-ms-1.5 md:hidden"
          onClick={() => setMenuOpen(true)}
        >
          <MenuIcon aria-hidden />
        </Button>
        {parts === undefined ? null : (
          <parts.Sheet open={menuOpen} onOpenChange={setMenuOpen}>
            <parts.SheetContent side="left" title={productName}>
              <ShellNavigation
                items={items}
                linkComponent={linkComponent}
                label="Main menu"
                onFollow={() => setMenuOpen(false)}
              />
            </parts.SheetContent>
          </parts.Sheet>
        )}
        <ShellLink
          href={homeHref}
          hard={homeHard}
          linkComponent={linkComponent}
          className="focus-ring flex min-h-8 shrink-0 items-center gap-2 rounded-md font-semibold tracking-tight"
        >
          <ProductMark />
          <span className="max-sm:sr-only">{productName}</span>
        </ShellLink>
        <span aria-hidden className="mx-1 h-5 w-px shrink-0 bg-border" />
        <PracticeSwitcher practice={practice} practiceSwitch={practiceSwitch} />
        <div className="ms-auto flex shrink-0 items-center gap-1">
          <UserMenu person={person} signOutHref={signOutHref} />
        </div>
      </header>
      {notice ? (
        <div className="border-b bg-warning-soft print:hidden px-4 py-2 text-sm text-warning">{notice}</div>
      ) : null}
      <div className="flex min-h-0 flex-1">
        <aside className="sticky top-12 hidden h-[calc(100dvh-3rem)] w-56 shrink-0 overflow-y-auto border-e bg-card p-3 md:block print:hidden">
          <ShellNavigation items={items} linkComponent={linkComponent} label="Main" />
        </aside>
        <main id="main" tabIndex={-1} className="flex min-h-0 min-w-0 flex-1 flex-col outline-none">
          {children}
        </main>
      </div>
    </div>
  )
}

/** A crescent in a rounded square. */
function ProductMark() {
  return (
    <svg aria-hidden="true" viewBox="0 0 24 24" className="size-6 shrink-0">
      <rect width="24" height="24" rx="6" className="fill-primary" />
      <path
        d="M15.8 15.9A6.4 6.4 0 0 1 9.3 5.8a6.6 6.6 0 1 0 9 8.7 6.3 6.3 0 0 1-2.5 1.4Z"
        className="fill-primary-foreground"
      />
    </svg>
  )
}
