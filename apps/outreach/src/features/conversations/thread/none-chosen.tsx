'use client'

import { Button } from '@sax/ui/button'
import { EmptyState } from '@sax/ui/empty-state'
import { Keyboard, MessagesSquare } from 'lucide-react'
import { lazy, Suspense, useState } from 'react'

const HelpSheet = lazy(async () => ({ default: (await import('../keyboard/help-sheet.tsx')).HelpSheet }))

/** The place of a conversation while none is chosen. */
export function NoneChosen() {
  const [helping, setHelping] = useState(false)
  return (
    <div className="flex flex-1 items-center justify-center">
      <EmptyState
        icon={<MessagesSquare />}
        title="No conversation chosen"
        description="Choose one on the left."
        action={
          <Button onClick={() => setHelping(true)}>
            <Keyboard aria-hidden />
            Keyboard and sending
          </Button>
        }
      />
      <Suspense>{helping ? <HelpSheet onClose={() => setHelping(false)} /> : null}</Suspense>
    </div>
  )
}
