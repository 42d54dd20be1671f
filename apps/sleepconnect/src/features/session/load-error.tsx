'use client'

import { ApiError } from '@sax/api-contract/client'
import { ErrorState } from '@sax/ui/error-state'
import { isAway } from './retry-policy.ts'

export interface LoadErrorProps {
  /** What did not load, for example "The patients". */
  readonly what: string
  readonly error: Error
  readonly onRetry: () => void
  readonly retrying: boolean
  readonly compact?: boolean
}

/** Says what did not load and whether the page goes on by itself. */
export function LoadError({ what, error, onRetry, retrying, compact = false }: LoadErrorProps) {
  const requestId = error instanceof ApiError && error.body.requestId !== '' ? error.body.requestId : undefined
  return (
    <ErrorState
      title={`${what} did not load`}
      description={
        isAway(error)
          ? 'A service of the site is not answering. Nothing was lost; this page keeps trying and fills in by itself.'
          : error.message
      }
      requestId={requestId}
      onRetry={onRetry}
      retrying={retrying}
      compact={compact}
    />
  )
}
