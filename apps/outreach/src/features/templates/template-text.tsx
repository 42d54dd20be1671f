import { parseTemplate } from '@sax/message-template'
import { Fragment } from 'react'

/** A template's words, its variables marked. */
export function TemplateText({ content }: { readonly content: string }) {
  // Parts have no identity of their own; the text is drawn anew whenever it changes.
  return parseTemplate(content).parts.map((part, index) =>
    part.kind === 'text' ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: a part is its place in the text
      <Fragment key={index}>{part.text}</Fragment>
    ) : (
      // biome-ignore lint/suspicious/noArrayIndexKey: a part is its place in the text
      <span key={index} className="rounded-sm bg-accent px-0.5 text-accent-foreground">
        {part.name}
      </span>
    ),
  )
}
