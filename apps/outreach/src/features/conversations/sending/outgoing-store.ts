import type { ErrorCode } from '@sax/api-contract'
import { type Writer, writingKey } from '@sax/ui/kept-writing'
import type { DraftPicture } from '../composer/message-draft.ts'

/** A message a person has sent off and the server has not answered yet, or has refused. */
export interface Outgoing {
  /** A UUID: every attempt carries it, so that the message exists once whatever happens. */
  readonly clientId: string
  readonly conversationId: string
  readonly body: string
  readonly templateId?: string | undefined
  readonly picture?: DraftPicture | undefined
  /** ISO 8601 */
  readonly scheduledFor?: string | undefined
  /** `seq` of the newest message its writer had seen. */
  readonly seenSeq: number
  /** Epoch milliseconds. */
  readonly writtenAtMs: number
  /** Why the server does not take it; a person decides what becomes of it. */
  readonly refusal?: OutgoingRefusal | undefined
}

export interface OutgoingRefusal {
  readonly code: ErrorCode
  readonly words: string
  /** Its picture waited for too long to be sent; without it the message can go. */
  readonly pictureGone?: boolean
}

export interface OutgoingStore {
  /** In the order they were written. The same array until something changes. */
  all(): readonly Outgoing[]
  put(message: Outgoing): void
  /** Writes down why the server does not take it. What is there no more stays away. */
  refuse(clientId: string, refusal: OutgoingRefusal): void
  drop(clientId: string): void
  /** Answers how to stop listening. */
  subscribe(listener: () => void): () => void
  /** Looks again at what is stored, for another tab has written. */
  reread(): void
}

/** The storage's key for a person's messages on their way. */
export function outgoingKey(writer: Writer): string {
  return writingKey('outgoing', writer)
}

/**
 * Messages on their way, kept in the browser: they outlive a reload and a lost network. Where the browser keeps
 * nothing they live as long as the page.
 */
export function createOutgoingStore(
  storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>,
  writer: Writer,
): OutgoingStore {
  const key = outgoingKey(writer)
  const listeners = new Set<() => void>()
  let seen = storage.getItem(key)
  let messages = parse(seen)

  /** What is stored now, where another tab has written since: this one may not have been told yet. */
  const look = () => {
    const stored = storage.getItem(key)
    if (stored !== seen) messages = parse(stored)
    seen = stored
  }

  const change = (by: (messages: readonly Outgoing[]) => readonly Outgoing[]) => {
    look()
    messages = by(messages)
    try {
      if (messages.length === 0) storage.removeItem(key)
      else storage.setItem(key, JSON.stringify(messages))
    } catch {
      // Full or forbidden: the page still has them and goes on sending.
    }
    seen = storage.getItem(key)
    for (const listener of listeners) listener()
  }

  return {
    all: () => messages,
    put: (message) =>
      change((before) =>
        before.some(({ clientId }) => clientId === message.clientId)
          ? before.map((one) => (one.clientId === message.clientId ? message : one))
          : [...before, message],
      ),
    refuse: (clientId, refusal) =>
      change((before) => before.map((one) => (one.clientId === clientId ? { ...one, refusal } : one))),
    drop: (clientId) => change((before) => before.filter((one) => one.clientId !== clientId)),
    subscribe: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    reread: () => {
      look()
      for (const listener of listeners) listener()
    },
  }
}

/** What is stored, without anything that this version cannot read. */
function parse(text: string | null): readonly Outgoing[] {
  try {
    const value: unknown = JSON.parse(text ?? '[]')
    return Array.isArray(value) ? value.filter(isOutgoing) : []
  } catch {
    return []
  }
}

function isOutgoing(value: unknown): value is Outgoing {
  if (typeof value !== 'object' || value === null) return false
  const { clientId, conversationId, body, seenSeq, writtenAtMs } = value as Partial<Record<keyof Outgoing, unknown>>
  return (
    typeof clientId === 'string' &&
    typeof conversationId === 'string' &&
    typeof body === 'string' &&
    typeof seenSeq === 'number' &&
    typeof writtenAtMs === 'number'
  )
}
