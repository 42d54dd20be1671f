import { Button } from '@sax/ui/button'
import { ArrowUp } from 'lucide-react'
import { updatesWords } from './count-updates.ts'

export interface UpdatesButtonProps {
  readonly count: number
  /** A key that does the same. */
  readonly shortcut: string | undefined
  readonly onShow: () => void
}

/** Says that the order of the list is behind, and brings it up to date. It takes no room from the rows below it. */
export function UpdatesButton({ count, shortcut, onShow }: UpdatesButtonProps) {
  if (count === 0) return null
  return (
    <Button
      size="sm"
      variant="ghost"
      aria-keyshortcuts={shortcut}
      onClick={onShow}
      className="ms-auto px-1.5 text-primary"
    >
      <ArrowUp aria-hidden className="@max-sm/inbox:hidden" />
      <span>
        <span className="sr-only">Show </span>
        {updatesWords(count)}
      </span>
    </Button>
  )
}
