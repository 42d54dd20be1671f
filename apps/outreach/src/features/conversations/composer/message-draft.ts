import { type Writer, writingKey } from '@sax/ui/kept-writing'

/** A picture that waits with the draft. It lies in the server's storage; here is what it is called by. */
export interface DraftPicture {
  readonly id: string
  readonly contentType: string
  readonly bytes: number
}

/** What a person wrote and has not sent. */
export interface MessageDraft {
  readonly text: string
  readonly picture?: DraftPicture | undefined
  /** The template the text began as. */
  readonly templateId?: string | undefined
}

export const emptyDraft: MessageDraft = { text: '' }

/** The storage's key of a draft. Numbers and ids only: it names nobody. */
export function draftKey(writer: Writer, draftId: string): string {
  return writingKey('message', writer, draftId)
}

/** A kept draft; an empty one when there is none, or none this version can read. */
export function parseDraft(text: string | null): MessageDraft {
  try {
    const value: unknown = JSON.parse(text ?? 'null')
    if (typeof value !== 'object' || value === null || !('text' in value) || typeof value.text !== 'string')
      return emptyDraft
    const templateId = 'templateId' in value && typeof value.templateId === 'string' ? value.templateId : undefined
    return { text: value.text, templateId, ...pictureOf(value) }
  } catch {
    return emptyDraft
  }
}

/** With `keptAtMs`, epoch milliseconds, beside it. False when the browser keeps nothing (storage full or switched off). */
export function keepDraft(
  storage: Pick<Storage, 'setItem' | 'removeItem'>,
  key: string,
  draft: MessageDraft,
  keptAtMs: number,
): boolean {
  try {
    if (draft.text === '' && draft.picture === undefined) storage.removeItem(key)
    else storage.setItem(key, JSON.stringify({ ...draft, keptAtMs }))
    return true
  } catch {
    return false
  }
}

/** A draft with words above it that were not sent. */
export function withWords(draft: MessageDraft, { text, templateId, picture }: MessageDraft): MessageDraft {
  return {
    text: draft.text === '' ? text : `${text}\n${draft.text}`,
    templateId,
    picture: picture ?? draft.picture,
  }
}

function pictureOf(value: object): Pick<MessageDraft, 'picture'> {
  if (!('picture' in value) || typeof value.picture !== 'object' || value.picture === null) return {}
  const { id, contentType, bytes } = value.picture as Partial<Record<keyof DraftPicture, unknown>>
  const whole = typeof id === 'string' && typeof contentType === 'string' && typeof bytes === 'number'
  return whole ? { picture: { id, contentType, bytes } } : {}
}
