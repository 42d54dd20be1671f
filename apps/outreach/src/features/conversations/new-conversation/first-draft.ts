import type { Writer } from '@sax/ui/kept-writing'
import { isUuid } from '@sax/user-context'
import { draftKey } from '../composer/message-draft.ts'

/** What a person has begun to write to somebody with whom there is no conversation yet. */
export interface FirstDraft {
  readonly text: string
  /** The template the text began as. */
  readonly templateId?: string | undefined
  /** Whom it is for, by id alone: who that is, the server tells whoever may know. */
  readonly patientId?: string | undefined
  /** As typed; empty: the patient's own. */
  readonly phone: string
  /** An attempt to send exactly this, whose answer may have been lost. */
  readonly attempt?: Attempt | undefined
}

/** Made again under the same ids it is still one conversation and one message. */
export interface Attempt {
  readonly conversationKey: string
  readonly messageId: string
  readonly scheduledFor?: string | undefined
}

export const emptyFirstDraft: FirstDraft = { text: '', phone: '' }

/** The storage's key of the one first message that a person has under way in a practice. */
export function firstDraftKey(writer: Writer): string {
  return draftKey(writer, 'new')
}

/** A kept draft; an empty one when there is none, or none this version can read. */
export function parseFirstDraft(text: string | null): FirstDraft {
  try {
    const value: unknown = JSON.parse(text ?? 'null')
    if (typeof value !== 'object' || value === null) return emptyFirstDraft
    const { text: words, phone, templateId, patientId, attempt } = value as Partial<Record<keyof FirstDraft, unknown>>
    if (typeof words !== 'string' || typeof phone !== 'string') return emptyFirstDraft
    return {
      text: words,
      phone,
      ...(isUuid(templateId) ? { templateId } : {}),
      ...(isUuid(patientId) ? { patientId } : {}),
      ...attemptOf(attempt),
    }
  } catch {
    return emptyFirstDraft
  }
}

/**
 * With `keptAtMs`, epoch milliseconds, beside it. False when the browser keeps nothing (storage full or switched off).
 * Without words nothing is kept: whoever comes back to begin another conversation would find somebody chosen already.
 */
export function keepFirstDraft(
  storage: Pick<Storage, 'setItem' | 'removeItem'>,
  key: string,
  draft: FirstDraft,
  keptAtMs: number,
): boolean {
  try {
    if (draft.text.trim() === '') storage.removeItem(key)
    else storage.setItem(key, JSON.stringify({ ...draft, keptAtMs }))
    return true
  } catch {
    return false
  }
}

function attemptOf(value: unknown): Pick<FirstDraft, 'attempt'> {
  if (typeof value !== 'object' || value === null) return {}
  const { conversationKey, messageId, scheduledFor } = value as Partial<Record<keyof Attempt, unknown>>
  if (!isUuid(conversationKey) || !isUuid(messageId)) return {}
  return {
    attempt: { conversationKey, messageId, ...(typeof scheduledFor === 'string' ? { scheduledFor } : {}) },
  }
}
