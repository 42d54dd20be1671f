import { useQueryView } from '../../shell/steady-query.ts'
import { usePageQuery } from '../../shell/zone-router.ts'
import { useConversationScreen } from '../data/screen-queries.ts'
import { inboxPath, parseInboxFilters } from '../list/inbox-filters.ts'
import { OpenThread } from './open-thread.tsx'
import { ThreadProblem, ThreadSkeleton } from './thread-states.tsx'

/** One conversation, whatever its state. */
export function Thread({ id }: { readonly id: string }) {
  const view = useQueryView(useConversationScreen(id))
  const backHref = inboxPath(parseInboxFilters(usePageQuery()))
  switch (view.kind) {
    case 'loading':
      return <ThreadSkeleton />
    case 'problem':
      return <ThreadProblem problem={view.problem} backHref={backHref} retrying={view.retrying} onRetry={view.retry} />
    case 'full':
      return <OpenThread screen={view.data} problem={view.problem} backHref={backHref} />
  }
}
