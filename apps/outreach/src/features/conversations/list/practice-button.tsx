import { cn } from '@sax/ui/class-names'
import { later } from '@sax/ui/later'
import { MenuButton } from '@sax/ui/menu-button'
import { Building2, ChevronDown } from 'lucide-react'
import { chip } from './filter-bar.tsx'
import type { PracticeMenuProps } from './filter-menus.tsx'

const practiceMenu = later(async () => (await import('./filter-menus.tsx')).PracticeMenu)

/** Of which practice conversations are shown. Of one that nobody has told of yet the place is kept. */
export function PracticeButton(props: PracticeMenuProps) {
  const { filters, practices } = props
  const chosen = practices.find(({ id }) => id === filters.practiceId)?.name ?? '…'
  const name = filters.practiceId === undefined ? 'All practices' : chosen
  return (
    <MenuButton
      menu={practiceMenu}
      about={props}
      className="min-w-0"
      button={
        <button
          type="button"
          aria-label={`Show conversations of: ${name}`}
          className={cn(chip(filters.practiceId !== undefined), 'min-w-0')}
        >
          <Building2 aria-hidden className="size-4 shrink-0 text-muted-foreground" />
          <bdi className="min-w-0 truncate">{name}</bdi>
          <ChevronDown aria-hidden className="size-3.5 shrink-0" />
        </button>
      }
    />
  )
}
