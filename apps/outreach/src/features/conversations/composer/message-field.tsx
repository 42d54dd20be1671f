import { isBlank } from '@sax/api-contract/blank'
import { Button } from '@sax/ui/button'
import { Popover, PopoverContent, PopoverTrigger } from '@sax/ui/popover'
import { Skeleton } from '@sax/ui/skeleton'
import { Textarea } from '@sax/ui/textarea'
import { ImagePlus, Moon, SendHorizontal, Smile, Users, Zap } from 'lucide-react'
import { lazy, type RefObject, Suspense, useRef, useState } from 'react'
import { LONGEST_MESSAGE, sendsOnEnter } from './composer-rules.ts'
import type { MessageDraft } from './message-draft.ts'
import { pictureTypes } from './picture-rules.ts'
import { SizeLine } from './size-line.tsx'
import { UnresolvedList } from './unresolved-list.tsx'
import { useMessageCheck } from './use-message-check.ts'

const TemplatePicker = lazy(async () => ({ default: (await import('./template-picker.tsx')).TemplatePicker }))
const AttachedPicture = lazy(async () => ({ default: (await import('./attached-picture.tsx')).AttachedPicture }))
const EmojiPicker = lazy(async () => ({ default: (await import('./emoji-picker.tsx')).EmojiPicker }))

export interface MessageFieldProps {
  readonly draft: MessageDraft
  readonly onDraft: (draft: MessageDraft) => void
  readonly field: RefObject<HTMLTextAreaElement | null>
  readonly conversationId: string
  /** A picture that was chosen and is not at the server yet. */
  readonly file: File | undefined
  readonly onFile: (file: File | undefined) => void
  readonly patientId: string | undefined
  /** Why nothing may be sent; undefined: it may. */
  readonly disabledBecause: string | undefined
  /** What to think of before it goes; it may go all the same. */
  readonly warning: string | undefined
  /** The end of the patient's quiet hours, while they last. */
  readonly quiet: { readonly untilIso: string; readonly words: string } | undefined
  readonly enterSends: boolean
  readonly onTyped: () => void
  readonly onSend: (scheduledFor: string | undefined) => void
}

/** What is written to the patient, with what it will cost and what keeps it from going. */
export function MessageField(props: MessageFieldProps) {
  const {
    draft,
    onDraft,
    field,
    conversationId,
    file,
    onFile,
    patientId,
    disabledBecause,
    warning,
    quiet,
    enterSends,
    onTyped,
    onSend,
  } = props
  const check = useMessageCheck(draft.text)
  const unresolved = check?.unresolved ?? []
  const [open, setOpen] = useState<'templates' | 'emoji'>()
  const chooser = useRef<HTMLInputElement>(null)
  const [goneId, setGoneId] = useState<string>()
  const gone = draft.picture !== undefined && draft.picture.id === goneId
  const something = !isBlank(draft.text) || draft.picture !== undefined
  const ready = something && !gone && file === undefined && disabledBecause === undefined && unresolved.length === 0

  const send = (scheduledFor: string | undefined) => {
    if (ready) onSend(scheduledFor)
  }
  const type = (text: string) => {
    onDraft({ ...draft, text })
    onTyped()
  }
  const insert = (text: string, templateId: string | undefined) => {
    const area = field.current
    if (area === null) return
    area.setRangeText(text, area.selectionStart, area.selectionEnd, 'end')
    onDraft({ ...draft, text: area.value.slice(0, LONGEST_MESSAGE), templateId: templateId ?? draft.templateId })
    onTyped()
    setOpen(undefined)
  }
  const show = (name: string) => {
    const start = draft.text.search(new RegExp(`\\{\\{\\s*${name}\\s*\\}\\}`))
    const end = draft.text.indexOf('}}', start) + 2
    field.current?.focus()
    if (start >= 0) field.current?.setSelectionRange(start, end)
  }
  // A popover gives the focus back to its button; what was put in is to be gone on with.
  const backToField = (event: Event) => {
    event.preventDefault()
    field.current?.focus()
  }

  return (
    <div className="flex flex-col gap-2">
      {quiet === undefined ? null : (
        <p className="flex items-center gap-1.5 rounded-lg bg-info-soft px-3 py-1.5 text-info text-sm">
          <Moon aria-hidden className="size-4 shrink-0" />
          {quiet.words}
        </p>
      )}
      {file === undefined && draft.picture === undefined ? null : (
        <Suspense fallback={<Skeleton className="h-20" />}>
          <AttachedPicture
            conversationId={conversationId}
            file={file}
            picture={draft.picture}
            gone={gone}
            onGone={setGoneId}
            onStored={(picture) => {
              onFile(undefined)
              onDraft({ ...draft, picture })
            }}
            onRemove={() => {
              onFile(undefined)
              onDraft({ ...draft, picture: undefined })
              field.current?.focus()
            }}
          />
        </Suspense>
      )}
      {warning === undefined ? null : (
        <p
          role="status"
          className="flex items-start gap-1.5 rounded-lg bg-warning-soft px-3 py-1.5 text-sm text-warning"
        >
          <Users aria-hidden className="mt-0.5 size-4 shrink-0" />
          {warning}
        </p>
      )}
      <UnresolvedList names={unresolved} onShow={show} />
      <Textarea
        ref={field}
        dir="auto"
        aria-label="Message"
        placeholder={disabledBecause ?? 'Write a message'}
        readOnly={disabledBecause !== undefined}
        className="max-h-[35dvh] min-h-16 resize-none"
        maxLength={LONGEST_MESSAGE}
        value={draft.text}
        onChange={(event) => type(event.target.value)}
        onPaste={(event) => {
          const pasted = [...event.clipboardData.files].find(({ type }) => type.startsWith('image/'))
          if (pasted === undefined || disabledBecause !== undefined) return
          event.preventDefault()
          onFile(pasted)
        }}
        onKeyDown={(event) => {
          if (event.nativeEvent.isComposing || !sendsOnEnter(event, enterSends)) return
          event.preventDefault()
          send(quiet?.untilIso)
        }}
      />
      <div className="flex flex-wrap items-center gap-x-2 gap-y-1">
        <Popover open={open === 'templates'} onOpenChange={(next) => setOpen(next ? 'templates' : undefined)}>
          <PopoverTrigger asChild>
            <Button size="sm" variant="ghost" disabled={disabledBecause !== undefined}>
              <Zap aria-hidden />
              Templates
            </Button>
          </PopoverTrigger>
          <PopoverContent side="top" aria-label="Templates" className="w-96 p-0" onCloseAutoFocus={backToField}>
            <Suspense fallback={<PickerSkeleton />}>
              <TemplatePicker patientId={patientId} conversationId={conversationId} onPick={insert} />
            </Suspense>
          </PopoverContent>
        </Popover>
        <Popover open={open === 'emoji'} onOpenChange={(next) => setOpen(next ? 'emoji' : undefined)}>
          <PopoverTrigger asChild>
            <Button
              size="icon"
              variant="ghost"
              className="size-8"
              aria-label="Emoji"
              disabled={disabledBecause !== undefined}
            >
              <Smile aria-hidden />
            </Button>
          </PopoverTrigger>
          <PopoverContent side="top" aria-label="Emoji" className="w-80 p-0" onCloseAutoFocus={backToField}>
            <Suspense fallback={<PickerSkeleton />}>
              <EmojiPicker onPick={(emoji) => insert(emoji, undefined)} />
            </Suspense>
          </PopoverContent>
        </Popover>
        <Button
          size="icon"
          variant="ghost"
          className="size-8"
          aria-label="Attach a picture"
          disabled={disabledBecause !== undefined}
          onClick={() => chooser.current?.click()}
        >
          <ImagePlus aria-hidden />
        </Button>
        <input
          ref={chooser}
          type="file"
          hidden
          aria-label="Picture"
          accept={pictureTypes.join(',')}
          onChange={(event) => {
            onFile(event.target.files?.[0])
            // The same file may be chosen again.
            event.target.value = ''
          }}
        />
        <div className="min-w-0 flex-1 basis-40">
          {check === undefined ? null : <SizeLine check={check} withPicture={draft.picture !== undefined} />}
        </div>
        {/* At the end of its line, also where it has one to itself. */}
        <div className="ms-auto flex gap-2">
          {quiet === undefined ? null : (
            <Button variant="ghost" disabled={!ready} onClick={() => send(undefined)}>
              Send now
            </Button>
          )}
          <Button variant="primary" disabled={!ready} onClick={() => send(quiet?.untilIso)}>
            <SendHorizontal aria-hidden />
            {quiet === undefined ? 'Send' : 'Send in the morning'}
          </Button>
        </div>
      </div>
    </div>
  )
}

function PickerSkeleton() {
  return (
    <div className="flex h-48 flex-col gap-2 p-3">
      <Skeleton className="h-8" />
      <Skeleton className="h-8" />
      <Skeleton className="h-8" />
    </div>
  )
}
