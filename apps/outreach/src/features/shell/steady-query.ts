import type { UseQueryResult } from '@tanstack/react-query'
import { useState } from 'react'
import { type Problem, problemOf } from './problem.ts'

/** What a screen shows of a query: one of its states, never a flicker between two. */
export type QueryView<T> =
  | { readonly kind: 'loading' }
  | { readonly kind: 'problem'; readonly problem: Problem; readonly retrying: boolean; readonly retry: () => void }
  /** `problem`: the last attempt to refresh failed; what is shown is older. */
  | { readonly kind: 'full'; readonly data: T; readonly problem: Problem | undefined }

/** A query's state, with its last failure kept on the screen while it is being asked again. */
export function useQueryView<T>(
  query: Pick<UseQueryResult<T>, 'data' | 'error' | 'isFetching' | 'refetch' | 'isSuccess' | 'failureReason'>,
): QueryView<T> {
  const [lastError, setLastError] = useState<unknown>(null)
  if (query.error !== null && query.error !== lastError) setLastError(query.error)
  if (query.isSuccess && lastError !== null) setLastError(null)
  const error = query.error ?? lastError
  if (query.data !== undefined) {
    return { kind: 'full', data: query.data, problem: error === null || query.isSuccess ? undefined : problemOf(error) }
  }
  if (error === null) return { kind: 'loading' }
  return {
    kind: 'problem',
    problem: problemOf(error),
    retrying: query.isFetching,
    retry: () => void query.refetch(),
  }
}
