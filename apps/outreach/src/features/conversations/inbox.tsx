'use client'

import { cn } from '@sax/ui/class-names'
import { useParams, useSearchParams } from 'next/navigation'
import { type ReactNode, useState } from 'react'
import { InboxNewsProvider } from './data/inbox-news.tsx'
import { ConversationList } from './list/conversation-list.tsx'
import { type InboxFilters, inboxPath, parseInboxFilters } from './list/inbox-filters.ts'
import { OutgoingProvider } from './sending/outgoing.tsx'

/** The list on the left, one conversation on the right; where there is room for one only, the one that was opened. */
export function Inbox({ children }: { readonly children: ReactNode }) {
  return (
    <InboxNewsProvider>
      <OutgoingProvider>
        <InboxPanes>{children}</InboxPanes>
      </OutgoingProvider>
    </InboxNewsProvider>
  )
}

function InboxPanes({ children }: { readonly children: ReactNode }) {
  const { id } = useParams<{ id?: string }>()
  const filters = parseInboxFilters(useSearchParams())
  const setFilters = (next: InboxFilters) => window.history.replaceState(null, '', inboxPath(next, id))
  const [writing, setWriting] = useState(false)
  return (
    <div className="@container/inbox h-[calc(100dvh-3rem)] min-h-0">
      <h1 className="sr-only">Conversations</h1>
      <div className="flex h-full min-h-0">
        <section
          aria-label="List of conversations"
          className={cn(
            '@3xl/inbox:flex @3xl/inbox:w-84 @5xl/inbox:w-96 w-full shrink-0 flex-col @3xl/inbox:border-e bg-card',
            id === undefined ? 'flex' : 'hidden',
          )}
        >
          <ConversationList
            filters={filters}
            onFilters={setFilters}
            currentId={id}
            onNew={() => setWriting(!writing)}
          />
        </section>
        <section
          aria-label="Conversation"
          className={cn('@3xl/inbox:flex min-w-0 flex-1 flex-col', id === undefined ? 'hidden' : 'flex')}
        >
          {children}
        </section>
      </div>
    </div>
  )
}
