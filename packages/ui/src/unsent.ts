import type { BrowserStorage } from './browser-storage.ts'
import { writingKeys } from './kept-writing.ts'

/** What a person has in this browser and nowhere else. */
export interface Unsent {
  /** Of messages, notes and templates. */
  readonly drafts: number
  /** Messages that were sent off and of which no server has said that it has them: on their way, waiting, or refused. */
  readonly messages: number
}

/** What a person would lose here, in all their practices. */
export function unsentOf(storage: BrowserStorage, saxId: number): Unsent {
  let [drafts, messages] = [0, 0]
  for (const { key, kind } of keysOf(storage, saxId)) {
    if (kind === 'outgoing') messages += lengthOf(storage.getItem(key))
    else drafts += 1
  }
  return { drafts, messages }
}

export function hasUnsent({ drafts, messages }: Unsent): boolean {
  return drafts + messages > 0
}

/** Removes everything a person wrote here, in all their practices. Answers the keys of it. */
export function forgetWritingOf(storage: BrowserStorage, saxId: number): readonly string[] {
  const keys = keysOf(storage, saxId).map(({ key }) => key)
  for (const key of keys) storage.removeItem(key)
  return keys
}

/** For example "2 drafts and 1 message that was not sent are on this computer. Signing out removes them." */
export function unsentWords(unsent: Unsent): string {
  const { drafts, messages } = unsent
  if (!hasUnsent(unsent)) return 'Nothing is left that was not sent.'
  const parts = [
    drafts === 0 ? [] : [`${drafts} ${drafts === 1 ? 'draft' : 'drafts'}`],
    messages === 0 ? [] : [messages === 1 ? '1 message that was not sent' : `${messages} messages that were not sent`],
  ]
  const [verb, them] = drafts + messages === 1 ? ['is', 'it'] : ['are', 'them']
  return `${parts.flat().join(' and ')} ${verb} on this computer. Signing out removes ${them}.`
}

function keysOf(storage: BrowserStorage, saxId: number) {
  return writingKeys(storage).filter((one) => one.saxId === saxId)
}

function lengthOf(text: string | null): number {
  try {
    const value: unknown = JSON.parse(text ?? '[]')
    return Array.isArray(value) ? value.length : 0
  } catch {
    return 0
  }
}
