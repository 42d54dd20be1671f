'use client'

import { Button } from './button.tsx'
import { Dialog, DialogContent } from './dialog.tsx'
import type { Replaced } from './session-renewal.ts'

interface SessionReplacedDialogProps {
  /** Undefined: nothing happened, no dialog. */
  readonly replaced: Replaced | undefined
  readonly owner: { readonly name: string; readonly practiceName: string }
}

/**
 * Says that this page was made for somebody else, or for another practice, than is signed in now. There is no way
 * around it: going on would read and save in the wrong name. It goes away when the first session comes back.
 */
export function SessionReplacedDialog({ replaced, owner }: SessionReplacedDialogProps) {
  return (
    <Dialog open={replaced !== undefined}>
      <DialogContent
        size="sm"
        closable={false}
        title={replaced === 'other-practice' ? 'You switched to another practice' : 'You signed in as someone else'}
        description={
          replaced === 'other-practice' ? (
            <>
              This page belongs to <bdi>{owner.practiceName}</bdi>. Nothing on it was saved in the other practice. What
              you typed is kept for when you are back in <bdi>{owner.practiceName}</bdi>.
            </>
          ) : (
            <>
              This page belongs to <bdi>{owner.name}</bdi>. Nothing on it was saved in your name. What was typed is kept
              in this browser for <bdi>{owner.name}</bdi>.
            </>
          )
        }
        footer={
          <Button variant="primary" onClick={() => window.location.reload()} data-autofocus>
            Load the page afresh
          </Button>
        }
      />
    </Dialog>
  )
}
