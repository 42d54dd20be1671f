'use client'

import { Sheet, SheetContent } from '@sax/ui/sheet'
import { shortcuts } from './shortcuts.ts'

const inComposer = [
  ['Ctrl', 'Enter', 'Send'],
  ['Shift', 'Enter', 'New line'],
] as const

/** Everything the keyboard does here. */
export function HelpSheet({ onClose }: { readonly onClose: () => void }) {
  return (
    <Sheet open onOpenChange={(open) => open || onClose()}>
      <SheetContent title="Keyboard">
        <dl className="flex flex-col gap-2">
          {shortcuts.map(({ keys, words }) => (
            <div key={words} className="flex items-center justify-between gap-4">
              <dt>{words}</dt>
              <dd className="flex gap-1">
                {keys.map((key) => (
                  <Key key={key}>{key.toUpperCase()}</Key>
                ))}
              </dd>
            </div>
          ))}
          {inComposer.map(([first, second, words]) => (
            <div key={words} className="flex items-center justify-between gap-4">
              <dt>{words}</dt>
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

function Key({ children }: { readonly children: string }) {
  return <kbd className="min-w-6 rounded-sm border px-1.5 py-0.5 text-center font-sans text-xs">{children}</kbd>
}
