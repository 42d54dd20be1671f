import { Button } from '@sax/ui/button'
import { TriangleAlert } from 'lucide-react'

export interface UnresolvedListProps {
  readonly names: readonly string[]
  /** Points at the variable in the text. */
  readonly onShow: (name: string) => void
}

/** Variables without a value: the message waits until each of them is replaced. */
export function UnresolvedList({ names, onShow }: UnresolvedListProps) {
  if (names.length === 0) return null
  return (
    <div
      role="status"
      className="flex flex-wrap items-center gap-2 rounded-lg bg-warning-soft px-3 py-1.5 text-sm text-warning"
    >
      <TriangleAlert aria-hidden className="size-4 shrink-0" />
      <span>{names.length === 1 ? 'Fill this in before sending:' : 'Fill these in before sending:'}</span>
      <ul className="flex flex-wrap gap-1">
        {names.map((name) => (
          <li key={name}>
            <Button size="sm" variant="ghost" className="h-7" onClick={() => onShow(name)}>
              {`{{${name}}}`}
            </Button>
          </li>
        ))}
      </ul>
    </div>
  )
}
