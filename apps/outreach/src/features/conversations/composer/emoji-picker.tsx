'use client'

import { SearchField } from '@sax/ui/search-field'
import { useState } from 'react'
import groups from 'unicode-emoji-json/data-by-group.json'
import { emojiMatching } from './emoji-search.ts'

export interface EmojiPickerProps {
  readonly onPick: (emoji: string) => void
}

/** All emoji there are, by group and by name. Drawn by the reader's own fonts; nothing is loaded from elsewhere. */
export function EmojiPicker({ onPick }: EmojiPickerProps) {
  const [query, setQuery] = useState('')
  const found = emojiMatching(groups, query)
  return (
    <div className="flex h-80 flex-col">
      <div className="border-b p-2">
        <SearchField label="Search emoji" value={query} onChange={setQuery} debounceMs={80} />
      </div>
      {/* Off the screen, a group costs nothing to draw. */}
      <div className="min-h-0 flex-1 overflow-y-auto p-2">
        {found.length === 0 ? <p className="p-2 text-muted-foreground text-sm">No emoji is called so</p> : null}
        {found.map((group) => (
          <section
            key={group.name}
            aria-label={group.name}
            className="[contain-intrinsic-size:auto_20rem] [content-visibility:auto]"
          >
            <h3 className="px-1 py-1 font-medium text-muted-foreground text-xs">{group.name}</h3>
            <div className="grid grid-cols-8">
              {group.emojis.map(({ emoji, name }) => (
                <button
                  key={name}
                  type="button"
                  title={name}
                  aria-label={name}
                  onClick={() => onPick(emoji)}
                  className="focus-ring-inset flex size-9 items-center justify-center rounded-md text-xl hover:bg-muted"
                >
                  {emoji}
                </button>
              ))}
            </div>
          </section>
        ))}
      </div>
    </div>
  )
}
