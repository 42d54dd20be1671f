'use client'

import { ErrorState } from '@sax/ui/error-state'

export default function PageError({
  error,
  retry,
}: {
  readonly error: Error & { digest?: string }
  readonly retry: () => void
}) {
  return (
    <div className="page">
      <h1 className="sr-only">Something went wrong</h1>
      <ErrorState
        title="This page could not be shown"
        description="The fault is on our side. Nothing you saved is lost."
        requestId={error.digest}
        onRetry={retry}
      />
    </div>
  )
}
