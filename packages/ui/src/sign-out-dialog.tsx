'use client'

import { useEffect, useState } from 'react'
import { browserStorage } from './browser-storage.ts'
import { Button } from './button.tsx'
import { Dialog, DialogContent } from './dialog.tsx'
import { useSession } from './session.tsx'
import { signOut } from './sign-out.ts'
import { hasUnsent, type Unsent, unsentOf, unsentWords } from './unsent.ts'

/** A message on its way is often there before the question is read. */
const LOOK_AGAIN_MS = 500

interface SignOutDialogProps {
  readonly signOutHref: string
  readonly onStay: () => void
}

/** Asks somebody who signs out what is to become of what they have not sent. */
export function SignOutDialog({ signOutHref, onStay }: SignOutDialogProps) {
  const { saxId } = useSession()
  const unsent = useUnsent(saxId)
  const nothing = !hasUnsent(unsent)
  return (
    <Dialog open onOpenChange={(open) => open || onStay()}>
      <DialogContent
        size="sm"
        title={nothing ? 'Sign out' : 'Not everything was sent or saved'}
        description={<span aria-live="polite">{unsentWords(unsent)}</span>}
        footer={
          <>
            <Button onClick={onStay} data-autofocus>
              Stay signed in
            </Button>
            <Button variant={nothing ? 'primary' : 'danger'} onClick={() => signOut(saxId, signOutHref)}>
              {nothing ? 'Sign out' : 'Sign out and remove'}
            </Button>
          </>
        }
      />
    </Dialog>
  )
}

function useUnsent(saxId: number): Unsent {
  const [unsent, setUnsent] = useState(() => unsentOf(browserStorage(), saxId))
  useEffect(() => {
    const timer = setInterval(() => setUnsent(unsentOf(browserStorage(), saxId)), LOOK_AGAIN_MS)
    return () => clearInterval(timer)
  }, [saxId])
  return unsent
}
