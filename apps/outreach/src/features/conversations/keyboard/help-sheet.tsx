import { Sheet, SheetContent } from '@sax/ui/sheet'
import { useSingleKeys } from '@sax/ui/use-single-keys'
import { useId } from 'react'
import { useEnterSends } from '../composer/use-enter-sends.ts'
import { type ShortcutAct, shortcuts } from './shortcuts.ts'

const words: Readonly<Record<ShortcutAct, string>> = {
  next: 'Next conversation',
  before: 'Conversation before',
  search: 'Search',
  updates: 'Show updates in the list',
  new: 'New conversation',
  answer: 'Answer',
  archive: 'Archive, or bring back',
  unread: 'Mark as unread',
  help: 'This help',
}

const inComposer = [
  ['Ctrl', 'Enter', 'Send'],
  ['Shift', 'Enter', 'New line'],
] as const

/** Everything the keyboard does here, and what of it the person may choose. */
export function HelpSheet({ onClose }: { readonly onClose: () => void }) {
  const [enterSends, setEnterSends] = useEnterSends()
  const [singleKeys, setSingleKeys] = useSingleKeys()
  return (
    <Sheet open onOpenChange={(open) => open || onClose()}>
      <SheetContent title="Keyboard and sending">
        <div className="flex flex-col gap-4 border-b pb-4">
          <Choice
            label="Enter sends"
            hint="Otherwise Enter begins a new line, and Ctrl + Enter sends."
            on={enterSends}
            onChoose={setEnterSends}
          />
          <Choice
            label="Single keys do something"
            hint={
              singleKeys
                ? 'Switch it off if you speak to your computer, or if keys are touched unasked.'
                : 'They do nothing now. This is in the menu of every conversation.'
            }
            on={singleKeys}
            onChoose={setSingleKeys}
          />
        </div>
        <dl className="mt-4 flex flex-col gap-2">
          {(singleKeys ? shortcuts : []).map(({ keys, act }) => (
            <div key={act} className="flex items-center justify-between gap-4">
              <dt>{words[act]}</dt>
              <dd className="flex gap-1">
                {keys.map((key) => (
                  <Key key={key}>{key.toUpperCase()}</Key>
                ))}
              </dd>
            </div>
          ))}
          {inComposer.map(([first, second, does]) => (
            <div key={does} className="flex items-center justify-between gap-4">
              <dt>{does}</dt>
              <dd className="flex gap-1">
                <Key>{first}</Key>
                <Key>{second}</Key>
              </dd>
            </div>
          ))}
        </dl>
      </SheetContent>
    </Sheet>
  )
}

interface ChoiceProps {
  readonly label: string
  readonly hint: string
  readonly on: boolean
  readonly onChoose: (on: boolean) => void
}

function Choice({ label, hint, on, onChoose }: ChoiceProps) {
  const id = useId()
  return (
    <div className="flex items-start gap-3">
      <input
        id={id}
        type="checkbox"
        aria-describedby={`${id}-hint`}
        className="mt-1 size-4 shrink-0 accent-primary"
        checked={on}
        onChange={(event) => onChoose(event.target.checked)}
      />
      <div className="min-w-0">
        <label htmlFor={id} className="font-medium">
          {label}
        </label>
        <p id={`${id}-hint`} className="text-muted-foreground text-sm">
          {hint}
        </p>
      </div>
    </div>
  )
}

function Key({ children }: { readonly children: string }) {
  return <kbd className="min-w-6 rounded-sm border px-1.5 py-0.5 text-center font-sans text-xs">{children}</kbd>
}
