import { type MessageSize, messageSize, parseTemplate } from '@sax/message-template'

export interface MessageCheck {
  readonly size: MessageSize
  /** Variables that have no value yet: the message must not go like that. */
  readonly unresolved: readonly string[]
}

/** A message as the carrier will count it, and what keeps it from going. By the parser that fills templates. */
export function checkMessage(text: string): MessageCheck {
  return { size: messageSize(text), unresolved: parseTemplate(text).variables }
}
