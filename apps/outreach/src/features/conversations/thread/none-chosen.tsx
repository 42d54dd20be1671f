import { EmptyState } from '@sax/ui/empty-state'
import { MessagesSquare } from 'lucide-react'

/** The place of a conversation while none is chosen. */
export function NoneChosen() {
  return (
    <div className="flex flex-1 items-center justify-center">
      <EmptyState
        icon={<MessagesSquare />}
        title="No conversation chosen"
        description="Choose one on the left. Its menu has everything that the keyboard does here."
      />
    </div>
  )
}
