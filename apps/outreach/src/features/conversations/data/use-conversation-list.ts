import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { useApi } from '../../shell/api.tsx'
import { useViewer } from '../../shell/viewer.tsx'
import { useInboxNews } from './inbox-news.tsx'
import { keys } from './keys.ts'
import { type ListQuestion, listQuery } from './list-question.ts'
import { overtakenPage } from './merge-list.ts'

/** The list's rows and counts: one call, one more for each page further down. News comes by itself. */
export function useConversationList(question: ListQuestion) {
  const api = useApi()
  const { saxId } = useViewer()
  const { startFrom, clock, states } = useInboxNews()
  return useInfiniteQuery({
    queryKey: keys.list(question),
    queryFn: async ({ pageParam, signal }) => {
      const page = await api.call('listConversations', { query: listQuery(question, pageParam), signal })
      const [row] = page.data
      if (row) clock.note(row.asOf)
      startFrom(page.changesCursor)
      return overtakenPage(page, states.newest(), { question, saxId, nowMs: clock.nowMs() })
    },
    initialPageParam: null as string | null,
    getNextPageParam: ({ pagination }) => pagination.nextCursor ?? undefined,
    placeholderData: keepPreviousData,
    refetchOnMount: 'always',
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  })
}
