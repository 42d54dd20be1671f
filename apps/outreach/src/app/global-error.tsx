'use client'

import './globals.css'

/**
 * Shown when even the document around the pages failed. In plain elements: it comes with the first scripts of every
 * page, and must not need anything of what may have failed.
 */
export default function GlobalError({ reset }: { readonly reset: () => void }) {
  return (
    <html lang="en">
      <body>
        <title>Outreach stopped working</title>
        <main id="main" className="mx-auto flex max-w-lg flex-col items-center gap-3 px-6 py-16 text-center">
          <h1 className="font-semibold text-lg">Outreach stopped working</h1>
          <p role="alert" className="text-muted-foreground">
            What you wrote is kept in this browser. Try again, or reload the page.
          </p>
          <button
            type="button"
            className="focus-ring h-9 rounded-lg border bg-card px-3 font-medium hover:bg-muted"
            onClick={reset}
          >
            Try again
          </button>
        </main>
      </body>
    </html>
  )
}
