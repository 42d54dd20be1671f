import { SearchField } from '@sax/ui/search-field'
import { type KeyboardEvent, memo, useId, useMemo, useRef, useState } from 'react'
import groups from 'unicode-emoji-json/data-by-group.json'
import { type Cell, COLUMNS, cellAfter, firstCell, inRows } from './emoji-grid.ts'
import { type EmojiGroup, emojiMatching } from './emoji-search.ts'

export interface EmojiPickerProps {
  readonly onPick: (emoji: string) => void
}

/**
 * All emoji there are, by group and by name. Drawn by the reader's own fonts; nothing is loaded from elsewhere. For the
 * keyboard they are one stop: arrows lead from one to the next.
 */
export function EmojiPicker({ onPick }: EmojiPickerProps) {
  const [query, setQuery] = useState('')
  const [current, setCurrent] = useState<Cell>(firstCell)
  const found = useMemo(() => emojiMatching(groups, query), [query])
  const grids = useRef<HTMLDivElement>(null)
  const search = (next: string) => {
    setQuery(next)
    setCurrent(firstCell)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const sizes = found.map(({ emojis }) => emojis.length)
    const next = cellAfter(sizes, current, event)
    if (next === undefined) return
    event.preventDefault()
    setCurrent(next)
    grids.current?.querySelector<HTMLElement>(`[data-cell="${nameOf(next)}"]`)?.focus()
  }
  return (
    <div className="flex h-80 flex-col">
      <div className="border-b p-2">
        <SearchField label="Search emoji" value={query} onChange={search} debounceMs={80} />
      </div>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: its buttons have the keyboard; here their arrows are heard */}
      <div
        ref={grids}
        onKeyDown={onKeyDown}
        onFocus={({ target }) => {
          const cell = cellOf(target.dataset.cell)
          // Clicked or come to by another way than the arrows.
          if (cell !== undefined && nameOf(cell) !== nameOf(current)) setCurrent(cell)
        }}
        className="min-h-0 flex-1 overflow-y-auto p-2"
      >
        {found.length === 0 ? <p className="p-2 text-muted-foreground text-sm">No emoji is called so</p> : null}
        {found.map((group, number) => (
          <Group
            key={group.name}
            group={group}
            number={number}
            current={current.group === number ? current.index : undefined}
            onPick={onPick}
          />
        ))}
      </div>
    </div>
  )
}

interface GroupProps {
  readonly group: EmojiGroup
  readonly number: number
  /** The emoji that the keyboard comes to, of this group; undefined: it is in another one. */
  readonly current: number | undefined
  readonly onPick: (emoji: string) => void
}

/** A step of the arrows concerns two emoji and not two thousand: what has none of them is not drawn anew. */
const Group = memo(function Group({ group, number, current, onPick }: GroupProps) {
  const headingId = useId()
  return (
    // Off the screen, a group costs nothing to draw.
    <section aria-labelledby={headingId} className="[contain-intrinsic-size:auto_20rem] [content-visibility:auto]">
      <h3 id={headingId} className="px-1 py-1 font-medium text-muted-foreground text-xs">
        {group.name}
      </h3>
      {/* biome-ignore lint/a11y/useSemanticElements: a table of buttons would be read as figures */}
      <div role="grid" aria-labelledby={headingId}>
        {inRows(group.emojis).map((row, rowNumber) => (
          // biome-ignore lint/a11y/useSemanticElements lint/a11y/useFocusableInteractive: its cells have the focus
          <div key={row[0]?.name} role="row" className="grid grid-cols-8">
            {row.map(({ emoji, name }, column) => {
              const index = rowNumber * COLUMNS + column
              return (
                // biome-ignore lint/a11y/useSemanticElements lint/a11y/useFocusableInteractive: the button in it has the focus
                <div key={name} role="gridcell">
                  <button
                    type="button"
                    title={name}
                    aria-label={name}
                    data-cell={nameOf({ group: number, index })}
                    tabIndex={index === current ? 0 : -1}
                    onClick={() => onPick(emoji)}
                    className="focus-ring-inset flex size-9 items-center justify-center rounded-md text-xl hover:bg-muted"
                  >
                    {emoji}
                  </button>
                </div>
              )
            })}
          </div>
        ))}
      </div>
    </section>
  )
})

function nameOf({ group, index }: Cell): string {
  return `${group}.${index}`
}

function cellOf(name: string | undefined): Cell | undefined {
  if (name === undefined) return undefined
  const [group = 0, index = 0] = name.split('.').map(Number)
  return { group, index }
}
