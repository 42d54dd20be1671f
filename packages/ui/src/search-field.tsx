'use client'

import { LoaderCircle, Search, X } from 'lucide-react'
import { useEffect, useId, useRef, useState } from 'react'
import { cn } from './class-names.ts'
import { controlClass } from './input.tsx'

export interface SearchFieldProps {
  readonly value: string
  /** Called `debounceMs` after the last key; at once when the field is cleared or Enter is pressed. */
  readonly onChange: (value: string) => void
  /** Read to assistive technology; not shown. */
  readonly label: string
  readonly placeholder?: string | undefined
  /** Default 200 ms. */
  readonly debounceMs?: number | undefined
  readonly id?: string | undefined
  readonly className?: string | undefined
  /** A key that moves the focus here from anywhere but another field. */
  readonly shortcut?: '/' | undefined
  /** A search is under way. */
  readonly busy?: boolean | undefined
}

/** A search-as-you-type field. Escape clears it. */
export function SearchField({
  value,
  onChange,
  label,
  placeholder,
  debounceMs = 200,
  id,
  className,
  shortcut,
  busy,
}: SearchFieldProps) {
  const made = useId()
  const input = useRef<HTMLInputElement>(null)
  const [text, setText] = useState(value)
  const sent = useRef(value)
  const later = useRef<ReturnType<typeof setTimeout>>(undefined)
  // The server draws the field before anything hears a key.
  const [listening, setListening] = useState(false)

  // The owner changed the value (for example "Clear filters"): follow. What we sent ourselves must not overwrite newer keys.
  useEffect(() => {
    if (value === sent.current) return
    sent.current = value
    clearTimeout(later.current)
    setText(value)
  }, [value])

  useEffect(() => () => clearTimeout(later.current), [])

  useEffect(() => {
    if (!shortcut) return
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== shortcut || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return
      event.preventDefault()
      input.current?.focus()
    }
    document.addEventListener('keydown', onKey)
    setListening(true)
    return () => {
      document.removeEventListener('keydown', onKey)
      setListening(false)
    }
  }, [shortcut])

  const send = (next: string, delayMs: number) => {
    clearTimeout(later.current)
    const now = () => {
      if (next === sent.current) return
      sent.current = next
      onChange(next)
    }
    if (delayMs === 0) now()
    else later.current = setTimeout(now, delayMs)
  }
  const clear = () => {
    setText('')
    send('', 0)
    input.current?.focus()
  }

  return (
    <search className={cn('relative block w-full min-w-0', className)}>
      <label htmlFor={id ?? made} className="sr-only">
        {label}
      </label>
      <span
        aria-hidden
        className="pointer-events-none absolute inset-y-0 start-3 flex items-center text-muted-foreground"
      >
        {busy ? <LoaderCircle className="size-4 animate-spin" /> : <Search className="size-4" />}
      </span>
      <input
        ref={input}
        id={id ?? made}
        type="text"
        inputMode="search"
        enterKeyHint="search"
        autoComplete="off"
        spellCheck={false}
        placeholder={placeholder ?? label}
        aria-keyshortcuts={listening ? shortcut : undefined}
        className={cn(controlClass, 'h-9 ps-9 pe-9')}
        value={text}
        onChange={(event) => {
          setText(event.target.value)
          send(event.target.value, event.target.value === '' ? 0 : debounceMs)
        }}
        onKeyDown={(event) => {
          if (event.key === 'Enter') send(text, 0)
          if (event.key === 'Escape' && text !== '') {
            event.stopPropagation()
            clear()
          }
        }}
      />
      <span className="absolute inset-y-0 end-1.5 flex items-center">
        {text === '' ? (
          shortcut && (
            <kbd
              aria-hidden
              className="me-1 rounded-sm border px-1.5 font-sans text-muted-foreground text-xs max-sm:hidden"
            >
              {shortcut}
            </kbd>
          )
        ) : (
          <button
            type="button"
            aria-label="Clear search"
            className="focus-ring flex size-6 items-center justify-center rounded-md text-muted-foreground hover:bg-muted hover:text-foreground"
            onClick={clear}
          >
            <X aria-hidden className="size-4" />
          </button>
        )}
      </span>
    </search>
  )
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))
}
