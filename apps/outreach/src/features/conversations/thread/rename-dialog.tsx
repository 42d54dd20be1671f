import type { Conversation } from '@sax/api-contract'
import { Button } from '@sax/ui/button'
import { Dialog, DialogClose, DialogContent } from '@sax/ui/dialog'
import { Field } from '@sax/ui/field'
import { Input } from '@sax/ui/input'
import { useState } from 'react'
import { shownName } from '../shown-phone.ts'
import type { ConversationActs } from './conversation-acts.ts'

/** @source the contract: names are up to 255 characters */
const LONGEST_NAME = 255

export interface RenameDialogProps {
  readonly conversation: Conversation
  readonly acts: ConversationActs
  readonly onClose: () => void
}

/** Gives a conversation a name for the practice, or takes it away again. */
export function RenameDialog({ conversation, acts, onClose }: RenameDialogProps) {
  const { name, named } = shownName(conversation)
  const [text, setText] = useState(named ? name : '')
  const save = async (friendlyName: string | null) => {
    if (await acts.rename(conversation, friendlyName)) onClose()
  }
  return (
    <Dialog open onOpenChange={(open) => open || onClose()}>
      <DialogContent
        title="Rename the conversation"
        description="For your practice alone. The patient never sees it."
        footer={
          <>
            <DialogClose asChild>
              <Button>Cancel</Button>
            </DialogClose>
            <Button variant="primary" type="submit" form="rename" busy={acts.busy}>
              Save
            </Button>
          </>
        }
      >
        <form
          id="rename"
          onSubmit={(event) => {
            event.preventDefault()
            void save(text.trim() === '' ? null : text.trim())
          }}
        >
          <Field label="Name" hint="Leave it empty to go by the patients, or by the number.">
            <Input dir="auto" maxLength={LONGEST_NAME} value={text} onChange={(event) => setText(event.target.value)} />
          </Field>
        </form>
      </DialogContent>
    </Dialog>
  )
}
