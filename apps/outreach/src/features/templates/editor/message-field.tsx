import { knownVariables, MAX_CONTENT_LENGTH, parseTemplate } from '@sax/message-template'
import { Badge } from '@sax/ui/badge'
import { Button } from '@sax/ui/button'
import { Menu, MenuContent, MenuItem, MenuLabel, MenuTrigger } from '@sax/ui/dropdown-menu'
import { Field } from '@sax/ui/field'
import { Braces } from 'lucide-react'
import { useMemo, useRef } from 'react'
import { shownProblems } from './highlight.ts'
import { MessageEditor } from './message-editor.tsx'

/** Mistakes listed at once; the rest shows as these are corrected. */
const SHOWN = 4

export interface MessageFieldProps {
  readonly value: string
  readonly onChange: (value: string) => void
  readonly error: string | undefined
}

/** The message: typed, with variables put in from a menu, and mistakes pointed at where they are. */
export function MessageField({ value, onChange, error }: MessageFieldProps) {
  const textarea = useRef<HTMLTextAreaElement>(null)
  const variables = useMemo(() => parseTemplate(value).variables, [value])
  const problems = useMemo(() => shownProblems(value), [value])
  // A menu takes the focus back when it closes; only then may the field have it.
  const focusField = useRef(false)

  const insert = (name: string) => {
    const field = textarea.current
    if (field === null) return
    field.setRangeText(`{{${name}}}`, field.selectionStart, field.selectionEnd, 'end')
    onChange(field.value)
    focusField.current = true
  }
  const select = (start: number, end: number) => {
    textarea.current?.focus()
    textarea.current?.setSelectionRange(start, end)
  }

  return (
    <div className="flex flex-col gap-2">
      <Field
        label="Message"
        error={error}
        action={`${value.length.toLocaleString('en-US')} of ${MAX_CONTENT_LENGTH.toLocaleString('en-US')}`}
      >
        <MessageEditor value={value} onChange={onChange} textarea={textarea} />
      </Field>
      {problems.length > 0 ? (
        <ul aria-label="To correct in the message" className="flex flex-col gap-1.5">
          {problems.slice(0, SHOWN).map(({ problem, before, offending, after, start, end }) => (
            <li
              key={`${problem.code} ${start}`}
              className="flex items-center gap-3 rounded-lg bg-danger-soft py-1 ps-3 pe-1.5 text-danger text-sm"
            >
              <span className="min-w-0 flex-1">
                <code dir="auto" className="break-words font-sans">
                  {before}
                  <mark className="rounded-sm bg-danger-solid px-0.5 font-semibold text-danger-foreground">
                    {offending}
                  </mark>
                  {after}
                </code>
                <span className="block text-xs">{problem.message}</span>
              </span>
              <Button size="sm" variant="ghost" onClick={() => select(start, end)}>
                Show
              </Button>
            </li>
          ))}
        </ul>
      ) : null}
      <div className="flex flex-wrap items-center gap-2">
        <Menu>
          <MenuTrigger asChild>
            <Button size="sm">
              <Braces aria-hidden />
              Insert variable
            </Button>
          </MenuTrigger>
          <MenuContent
            align="start"
            onCloseAutoFocus={(event) => {
              if (!focusField.current) return
              focusField.current = false
              event.preventDefault()
              textarea.current?.focus()
            }}
          >
            <MenuLabel>Filled in by itself</MenuLabel>
            {Object.entries(knownVariables).map(([name, words]) => (
              <MenuItem key={name} onSelect={() => insert(name)}>
                {words} <span className="text-muted-foreground text-xs">{`{{${name}}}`}</span>
              </MenuItem>
            ))}
          </MenuContent>
        </Menu>
        {variables.map((name) => (
          <Badge key={name} tone={Object.hasOwn(knownVariables, name) ? 'good' : 'warning'}>
            {Object.hasOwn(knownVariables, name) ? name : `${name} (filled in by hand)`}
          </Badge>
        ))}
      </div>
    </div>
  )
}
