import type { Note } from '@sax/api-contract'
import { StickyNote } from 'lucide-react'
import { clockTime } from '../short-time.ts'

/** A note between the messages: for colleagues, never for the patient. */
export function NoteBubble({ note }: { readonly note: Note }) {
  return (
    <div className="mt-3 flex flex-col items-center">
      <div className="w-full max-w-[36rem] rounded-lg bg-warning-soft px-3 py-2 text-warning">
        <p className="flex items-center gap-1.5 text-xs">
          <StickyNote aria-hidden className="size-3.5" />
          <span>
            Note by <bdi>{note.authorName ?? 'a colleague'}</bdi>, not sent
          </span>
          <time dateTime={note.createdAt} className="ms-auto">
            {clockTime(Date.parse(note.createdAt))}
          </time>
        </p>
        <p dir="auto" className="mt-1 overflow-clip whitespace-pre-wrap text-sm [overflow-wrap:anywhere]">
          {note.body}
        </p>
      </div>
    </div>
  )
}
