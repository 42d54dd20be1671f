'use client'

/** The last resort, when even the layout failed: no styles and no components can be relied on here. */
export default function GlobalError() {
  return (
    <html lang="en">
      <body style={{ fontFamily: 'system-ui', margin: '15vh auto', maxWidth: '28rem', padding: '1.5rem' }}>
        <title>SleepConnect</title>
        <h1>This page could not be shown</h1>
        <p>The fault is on our side. Nothing you saved is lost.</p>
        <button type="button" onClick={() => window.location.reload()}>
          Try again
        </button>
      </body>
    </html>
  )
}
