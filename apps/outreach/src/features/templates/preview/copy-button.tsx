import { Button } from '@sax/ui/button'
import { notify } from '@sax/ui/toaster'
import { Check, Copy, TriangleAlert } from 'lucide-react'
import { useEffect, useState } from 'react'
import { variableLabel } from './values.ts'

/** How long the button says that it worked, in milliseconds. */
const SAID_MS = 2000

export interface CopyButtonProps {
  readonly text: string
  readonly missing: readonly string[]
  readonly onCopied: () => void
  /** Whether copying is what one comes to this screen for. */
  readonly main: boolean
}

/** Puts the rendered message on the clipboard. With gaps in it, says so first. */
export function CopyButton({ text, missing, onCopied, main }: CopyButtonProps) {
  const [copiedText, setCopiedText] = useState<string>()
  // The warning is about these gaps; when they change, it has to be given again.
  const [warnedOf, setWarnedOf] = useState<string>()
  const gaps = missing.join(' ')
  const warned = missing.length > 0 && warnedOf === gaps

  useEffect(() => {
    if (copiedText === undefined) return
    const later = setTimeout(() => setCopiedText(undefined), SAID_MS)
    return () => clearTimeout(later)
  }, [copiedText])

  const copy = async () => {
    if (missing.length > 0 && !warned) return setWarnedOf(gaps)
    try {
      await navigator.clipboard.writeText(text)
    } catch {
      notify({
        title: 'The browser did not allow copying',
        description: 'Select the text in the preview and copy it by hand.',
        tone: 'warning',
      })
      return
    }
    setWarnedOf(undefined)
    setCopiedText(text)
    onCopied()
  }

  return (
    <div className="flex flex-col gap-2">
      {warned ? (
        <div role="alert" className="flex items-start gap-2 rounded-lg bg-warning-soft px-3 py-2 text-sm text-warning">
          <TriangleAlert aria-hidden className="mt-0.5 size-4 shrink-0" />
          <span>
            {missing.length === 1 ? 'One variable has no value: ' : `${missing.length} variables have no value: `}
            {missing.map(variableLabel).join(', ')}. {missing.length === 1 ? 'It stays' : 'They stay'} in the message as
            typed.
          </span>
        </div>
      ) : null}
      <Button
        variant={main && !warned ? 'primary' : 'secondary'}
        disabled={text.trim() === ''}
        onClick={() => void copy()}
      >
        {copiedText === undefined ? <Copy aria-hidden /> : <Check aria-hidden />}
        {copiedText === undefined ? (warned ? 'Copy anyway' : 'Copy message') : 'Copied'}
      </Button>
      <span role="status" className="sr-only">
        {copiedText === undefined ? '' : 'The message is on the clipboard'}
      </span>
    </div>
  )
}
