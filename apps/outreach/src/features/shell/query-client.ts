import { QueryClient } from '@tanstack/react-query'
import { isPassing, retryDelayMs } from './problem.ts'

/** Most pauses between attempts while a part of the site is away, in milliseconds. */
const LONGEST_PAUSE_MS = 10_000

/**
 * The cache of what the API answered. A passing failure is shown after one quick second attempt and then asked again
 * by itself, less and less often, until it passes; a refusal is shown at once.
 */
export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 15_000,
        retry: (failureCount, error) => isPassing(error) && failureCount < 1,
        retryDelay: retryDelayMs,
        refetchInterval: ({ state }) =>
          state.status === 'error' && isPassing(state.error)
            ? Math.min(LONGEST_PAUSE_MS, 1000 + 500 * state.errorUpdateCount)
            : false,
        // Whether there is a network is decided by asking, and what is wrong is shown instead of waited out.
        networkMode: 'always',
      },
      mutations: { networkMode: 'always', retry: false },
    },
  })
}
