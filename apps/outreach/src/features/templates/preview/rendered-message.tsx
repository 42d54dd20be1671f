import { parseTemplate } from '@sax/message-template'
import { Fragment } from 'react'

export interface RenderedMessageProps {
  readonly content: string
  readonly values: Readonly<Record<string, string | undefined>>
}

/** The message as the patient reads it; what is missing stays marked. */
export function RenderedMessage({ content, values }: RenderedMessageProps) {
  return parseTemplate(content).parts.map((part, index) => {
    if (part.kind === 'text') {
      // biome-ignore lint/suspicious/noArrayIndexKey: a part is its place in the text
      return <Fragment key={index}>{part.text}</Fragment>
    }
    const value = Object.hasOwn(values, part.name) ? values[part.name] : undefined
    return value?.trim() ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: a part is its place in the text
      <bdi key={index}>{value}</bdi>
    ) : (
      // biome-ignore lint/suspicious/noArrayIndexKey: a part is its place in the text
      <mark key={index} className="rounded-sm bg-warning-soft px-0.5 text-warning">
        {`{{${part.name}}}`}
      </mark>
    )
  })
}
