import type { QueryClient } from '@tanstack/react-query'
import { keys } from './keys.ts'
import type { ListQuestion } from './list-question.ts'
import { type ListPages, mergeList } from './merge-list.ts'
import type { ScreenNews } from './merge-screen.ts'

/** Puts news into every cached list. Answers whether a list has to be asked for anew before long. */
export function applyToLists(
  queryClient: QueryClient,
  news: ScreenNews,
  { saxId, nowMs }: { readonly saxId: number; readonly nowMs: number },
): { readonly uncertain: boolean } {
  let uncertain = false
  for (const [key, list] of queryClient.getQueriesData<ListPages>({ queryKey: keys.lists })) {
    if (list === undefined) continue
    const merged = mergeList(list, news.conversations ?? [], { question: key[2] as ListQuestion, saxId, nowMs })
    uncertain ||= merged.uncertain
    if (merged.pages !== list) queryClient.setQueryData(key, merged.pages)
  }
  return { uncertain }
}
