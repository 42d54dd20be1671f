'use client'

import { LogOut } from 'lucide-react'
import { Button } from './button.tsx'

/** In the place of a page whose person has signed out in this browser: what was on it is nobody's to read or to go on with. */
export function SignedOutPage() {
  return (
    <main id="main" className="flex min-h-dvh flex-col items-center justify-center gap-3 p-6 text-center">
      <LogOut aria-hidden className="size-8 text-muted-foreground" />
      <h1 className="font-semibold text-lg">You signed out</h1>
      <p className="text-muted-foreground">This page was closed too. Sign in to come back to where you were.</p>
      <Button variant="primary" onClick={() => window.location.reload()}>
        Sign in
      </Button>
    </main>
  )
}
