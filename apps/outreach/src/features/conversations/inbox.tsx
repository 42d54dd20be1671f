import { outreachPath } from '@sax/topology'
import { cn } from '@sax/ui/class-names'
import { later, useWhenIdle } from '@sax/ui/later'
import { lazy, type ReactNode, Suspense, useState } from 'react'
import { awaitedPath, usePageId, usePageQuery, useZoneRouter } from '../shell/zone-router.ts'
import { InboxNewsProvider } from './data/inbox-news.tsx'
import { useShortcuts } from './keyboard/use-shortcuts.ts'
import { ConversationList, emptyList, staleNotice } from './list/conversation-list.tsx'
import { filterMenu, orderMenu } from './list/filter-bar.tsx'
import { type InboxFilters, inboxPath, parseInboxFilters } from './list/inbox-filters.ts'
import { countPictureCode } from './list/use-count-on-tab.ts'
import { OutgoingProvider } from './sending/outgoing.tsx'

const NewConversationDialog = lazy(async () => ({
  default: (await import('./new-conversation/new-conversation-dialog.tsx')).NewConversationDialog,
}))
const HelpSheet = lazy(async () => ({ default: (await import('./keyboard/help-sheet.tsx')).HelpSheet }))

/** Whoever looks at the list opens a conversation next. */
const forLater = [
  later(() => import('./thread/thread.tsx')),
  filterMenu,
  orderMenu,
  emptyList,
  staleNotice,
  countPictureCode,
]

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
  const id = usePageId()
  useWhenIdle(forLater)
  const filters = parseInboxFilters(usePageQuery())
  const router = useZoneRouter()
  const setFilters = (next: InboxFilters) => router.changeQuery(inboxPath(next, id))
  const [shown, setShown] = useState<'new' | 'help'>()
  const close = () => setShown(undefined)
  const go = (step: 1 | -1) => {
    const next = neighbourOf(awaitedPath() ?? window.location.pathname, step)
    if (next !== undefined) router.push(inboxPath(filters, next))
  }
  useShortcuts({ next: () => go(1), before: () => go(-1), new: () => setShown('new'), help: () => setShown('help') })

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
          <ConversationList filters={filters} onFilters={setFilters} currentId={id} onNew={() => setShown('new')} />
        </section>
        <section
          aria-label="Conversation"
          className={cn('@3xl/inbox:flex min-w-0 flex-1 flex-col', id === undefined ? 'hidden' : 'flex')}
        >
          {children}
        </section>
      </div>
      <Suspense>
        {shown === 'new' ? (
          <NewConversationDialog
            onClose={close}
            onOpen={(opened) => {
              close()
              router.push(inboxPath(filters, opened))
            }}
          />
        ) : null}
        {shown === 'help' ? <HelpSheet onClose={close} /> : null}
      </Suspense>
    </div>
  )
}

/** The conversation below or above the one of a path, as the list stands on the screen. */
function neighbourOf(path: string, step: 1 | -1): string | undefined {
  const ids = [...document.querySelectorAll<HTMLElement>('[data-conversation]')]
    .toSorted((one, other) => one.getBoundingClientRect().top - other.getBoundingClientRect().top)
    .map(({ dataset }) => dataset.conversation)
  const at = ids.findIndex((id) => id !== undefined && outreachPath('conversations', id) === path)
  return at === -1 && step === -1 ? undefined : ids[at + step]
}
