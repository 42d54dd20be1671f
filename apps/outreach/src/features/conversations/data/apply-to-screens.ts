import type { ConversationScreen } from '@sax/api-contract'
import type { QueryClient } from '@tanstack/react-query'
import { keys } from './keys.ts'
import { mergeScreen, type ScreenNews } from './merge-screen.ts'

/** Puts news into every cached screen of a conversation. */
export function applyToScreens(queryClient: QueryClient, news: ScreenNews): void {
  for (const [key, screen] of queryClient.getQueriesData<ConversationScreen>({ queryKey: keys.screens })) {
    if (screen === undefined) continue
    const merged = mergeScreen(screen, news)
    if (merged !== screen) queryClient.setQueryData(key, merged)
  }
}
