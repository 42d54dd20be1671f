'use client'

import { ErrorState } from '@sax/ui/error-state'

interface ErrorPageProps {
  readonly error: Error & { readonly digest?: string }
  readonly reset: () => void
}

/** The zone's error boundary. The message of an unexpected error may quote data and is not shown. */
export default function ErrorPage({ error, reset }: ErrorPageProps) {
  return (
    <div className="page">
      <ErrorState
        title="This page stopped working"
        description="What you wrote is kept in this browser. Try again, or reload the page."
        requestId={error.digest}
        onRetry={reset}
      />
    </div>
  )
}
