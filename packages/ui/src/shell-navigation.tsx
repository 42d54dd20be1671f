'use client'

import type { ComponentType, ReactNode } from 'react'
import { cn } from './class-names.ts'

export interface ShellItem {
  readonly id: string
  readonly label: string
  readonly href: string
  readonly icon?: ReactNode
  /** Leads to another zone: the browser loads the page anew. */
  readonly hard: boolean
  readonly current: boolean
}

interface LinkProps {
  readonly href: string
  readonly className?: string
  readonly onClick?: () => void
  readonly 'aria-current'?: 'page'
  readonly children: ReactNode
}

export type LinkComponent = ComponentType<LinkProps>

interface ShellLinkProps {
  readonly href: string
  readonly hard: boolean
  readonly linkComponent: LinkComponent | undefined
  readonly current?: boolean | undefined
  readonly className?: string | undefined
  readonly onFollow?: (() => void) | undefined
  readonly children: ReactNode
}

/** A link in the shell: soft within the zone, a plain `<a>` to another one. */
export function ShellLink({ href, hard, linkComponent, current, className, onFollow, children }: ShellLinkProps) {
  const Link = hard || !linkComponent ? 'a' : linkComponent
  return (
    <Link
      href={href}
      {...(className === undefined ? {} : { className })}
      {...(current ? { 'aria-current': 'page' } : {})}
      {...(onFollow === undefined ? {} : { onClick: onFollow })}
    >
      {children}
    </Link>
  )
}

interface ShellNavigationProps {
  readonly items: readonly ShellItem[]
  readonly linkComponent: LinkComponent | undefined
  /** Tells this navigation from the others on the page. */
  readonly label: string
  readonly onFollow?: (() => void) | undefined
}

export function ShellNavigation({ items, linkComponent, label, onFollow }: ShellNavigationProps) {
  return (
    <nav aria-label={label}>
      <ul className="flex flex-col gap-0.5">
        {items.map((item) => (
          <li key={item.id}>
            <ShellLink
              href={item.href}
              hard={item.hard}
              current={item.current}
              linkComponent={linkComponent}
              onFollow={onFollow}
              className={cn(
                'focus-ring flex h-9 items-center gap-2.5 rounded-lg px-2.5 transition-colors md:h-8 [&_svg]:size-4 [&_svg]:shrink-0',
                item.current
                  ? 'bg-accent font-medium text-accent-foreground'
                  : 'text-muted-foreground hover:bg-muted hover:text-foreground',
              )}
            >
              {item.icon ? (
                <span aria-hidden className="flex">
                  {item.icon}
                </span>
              ) : null}
              <span className="truncate">{item.label}</span>
            </ShellLink>
          </li>
        ))}
      </ul>
    </nav>
  )
}
