'use client'

import { Button } from '@sax/ui/button'
import { lazy, Suspense, useState } from 'react'

const HelpSheet = lazy(async () => ({ default: (await import('./help-sheet.tsx')).HelpSheet }))

/** The way to the help for whoever does not press its key. */
export function HelpButton() {
  const [shown, setShown] = useState(false)
  return (
    <>
      <Button onClick={() => setShown(true)}>Keyboard and sending</Button>
      <Suspense>{shown ? <HelpSheet onClose={() => setShown(false)} /> : null}</Suspense>
    </>
  )
}
