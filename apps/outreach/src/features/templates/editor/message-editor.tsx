import { MAX_CONTENT_LENGTH } from '@sax/message-template'
import { cn } from '@sax/ui/class-names'
import { Textarea } from '@sax/ui/textarea'
import { type RefObject, useMemo } from 'react'
import { stretches } from './highlight.ts'

export interface MessageEditorProps {
  readonly value: string
  readonly onChange: (value: string) => void
  readonly textarea: RefObject<HTMLTextAreaElement | null>
  readonly id?: string
  readonly 'aria-describedby'?: string
  readonly 'aria-invalid'?: boolean
}

/** Longest text the field takes, five messages long: a whole document pasted by mistake would stop the page. */
const MAX_TYPED_LENGTH = 5 * MAX_CONTENT_LENGTH

/** Both layers must break lines at the same places: everything that moves a letter is here, once. */
const metrics = 'whitespace-pre-wrap break-words px-3 py-2 text-base leading-6 pointer-coarse:text-[1rem]'

/**
 * A text field that marks variables and mistakes while one types. The marks lie on a layer under the field that holds
 * the same text, unseen; it also gives the field its height.
 */
export function MessageEditor({ value, onChange, textarea, ...aria }: MessageEditorProps) {
  const cut = useMemo(() => stretches(value), [value])
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] rounded-lg bg-card *:[grid-area:1/1]">
      <div
        aria-hidden
        dir="auto"
        className={cn('min-h-40 select-none border border-transparent text-transparent', metrics)}
      >
        {cut.map(({ kind, start, text }) => (
          <span
            key={start}
            className={cn(
              kind === 'variable' && 'rounded-sm bg-accent ring-1 ring-ring/40',
              kind === 'problem' &&
                'rounded-sm bg-danger-soft underline decoration-2 decoration-danger-solid decoration-wavy',
            )}
          >
            {text}
          </span>
        ))}
        {/* A last line break alone has no height. */}
        {'\u200b'}
      </div>
      <Textarea
        ref={textarea}
        dir="auto"
        value={value}
        maxLength={MAX_TYPED_LENGTH}
        onChange={(event) => onChange(event.target.value)}
        spellCheck
        className={cn('field-sizing-fixed max-h-none resize-none overflow-hidden bg-transparent', metrics)}
        {...aria}
      />
    </div>
  )
}
