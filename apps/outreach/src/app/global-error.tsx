'use client'

import './globals.css'
import { ErrorState } from '@sax/ui/error-state'

/** Shown when even the document around the pages failed. */
export default function GlobalError({ reset }: { readonly reset: () => void }) {
  return (
    <html lang="en">
      <body>
        <title>Outreach stopped working</title>
        <main id="main">
          <h1 className="sr-only">Outreach</h1>
          <ErrorState
            title="Outreach stopped working"
            description="What you wrote is kept in this browser. Try again, or reload the page."
            onRetry={reset}
          />
        </main>
      </body>
    </html>
  )
}
