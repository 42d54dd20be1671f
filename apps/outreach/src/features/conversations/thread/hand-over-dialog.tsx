import type { ConversationScreen } from '@sax/api-contract'
import { Button } from '@sax/ui/button'
import { Dialog, DialogClose, DialogContent } from '@sax/ui/dialog'
import { Field } from '@sax/ui/field'
import { Select } from '@sax/ui/select'
import { Textarea } from '@sax/ui/textarea'
import { useState } from 'react'
import type { ConversationActs } from './conversation-acts.ts'

export interface HandOverDialogProps {
  readonly screen: ConversationScreen
  readonly acts: ConversationActs
  readonly onClose: () => void
}

/** Gives a conversation to a colleague, with what they should know. */
export function HandOverDialog({ screen, acts, onClose }: HandOverDialogProps) {
  const [to, setTo] = useState<string>()
  const [note, setNote] = useState('')
  const handOver = async () => {
    if (to !== undefined && (await acts.assign(screen.conversation, Number(to), note))) onClose()
  }
  return (
    <Dialog open onOpenChange={(open) => open || onClose()}>
      <DialogContent
        title="Hand over"
        description="What you write is added as a note. The patient does not see it."
        footer={
          <>
            <DialogClose asChild>
              <Button>Cancel</Button>
            </DialogClose>
            <Button variant="primary" busy={acts.busy} disabled={to === undefined} onClick={() => void handOver()}>
              Hand over
            </Button>
          </>
        }
      >
        <div className="flex flex-col gap-4">
          <Field label="To">
            <Select
              value={to}
              onValueChange={setTo}
              placeholder="Choose a colleague"
              options={screen.colleagues
                .filter(({ saxId }) => saxId !== acts.saxId)
                .map(({ saxId, name }) => ({ value: String(saxId), label: name }))}
            />
          </Field>
          <Field label="Note" optional>
            <Textarea dir="auto" value={note} maxLength={4000} onChange={(event) => setNote(event.target.value)} />
          </Field>
        </div>
      </DialogContent>
    </Dialog>
  )
}
