'use client'

import { ExternalLink } from 'lucide-react'
import { useState } from 'react'
import { Button } from './button.tsx'
import { Dialog, DialogContent } from './dialog.tsx'

interface SessionEndedDialogProps {
  readonly open: boolean
  readonly signInUrl: string
  readonly onDismiss: () => void
}

const WINDOW = 'popup,width=480,height=720'

/** Says that the session ended and what was kept. Signing in happens in another window; this page stays as it is. */
export function SessionEndedDialog({ open, signInUrl, onDismiss }: SessionEndedDialogProps) {
  const [blocked, setBlocked] = useState(false)
  const signIn = () => {
    const opened = window.open(signInUrl, 'sax-sign-in', WINDOW)
    // Open already, perhaps behind this window.
    opened?.focus()
    setBlocked(opened === null)
  }
  return (
    <Dialog
      open={open}
      onOpenChange={(next) => {
        if (!next) onDismiss()
      }}
    >
      <DialogContent
        size="sm"
        title="Your session ended"
        description="Sign in again to go on. What you typed is kept, and this page stays open."
        footer={
          <>
            <Button onClick={onDismiss}>Not now</Button>
            {blocked ? (
              <Button variant="primary" asChild>
                <a href={signInUrl} target="_blank" rel="noreferrer">
                  Open sign-in in a new tab
                  <ExternalLink aria-hidden />
                </a>
              </Button>
            ) : (
              <Button variant="primary" onClick={signIn} data-autofocus>
                Sign in again
              </Button>
            )}
          </>
        }
      >
        {blocked ? (
          <p role="alert" className="rounded-lg bg-warning-soft px-3 py-2 text-sm text-warning">
            The browser blocked the sign-in window. Use the link below instead.
          </p>
        ) : null}
      </DialogContent>
    </Dialog>
  )
}
