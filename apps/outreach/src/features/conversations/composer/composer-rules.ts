import type { ConversationScreen } from '@sax/api-contract'

/** Longest message. The contract's own number would bring its schemas to the page; a test compares the two. */
export const LONGEST_MESSAGE = 1600

/** Whether the patient should not be disturbed at `nowMs`. */
export function isQuiet({ quietNow, changesAt }: ConversationScreen['quietHours'], nowMs: number): boolean {
  return nowMs < Date.parse(changesAt) ? quietNow : !quietNow
}

/** What Enter does in the composer, with a modifier or without. */
export function sendsOnEnter(
  event: { readonly key: string; readonly shiftKey: boolean; readonly ctrlKey: boolean; readonly metaKey: boolean },
  enterSends: boolean,
): boolean {
  if (event.key !== 'Enter' || event.shiftKey) return false
  return enterSends || event.ctrlKey || event.metaKey
}
