import * as z from 'zod'
import { conversation, presence } from './conversations.ts'
import { message, note } from './messages.ts'

/** Longer ago nobody has been asking without a break, as far as it is measured. Milliseconds. */
export const LONGEST_WATCH_MS = 600_000

export const changesQuery = z.object({
  /** `cursor` of the last answer, or `changesCursor` of a list or a screen. Good for a day; then 410 `CURSOR_EXPIRED`: load anew. */
  after: z.string().min(1).max(100),
  limit: z.coerce.number().int().min(1).max(500).default(200),
  /**
   * For how many milliseconds somebody has been looking at the page while it asked at its quickest and without a break.
   * Replies that came in since are measured until they are told: `replyVisibleMs` in the backend's log. Not given: nothing is.
   */
  watchedMs: z.coerce.number().int().min(0).max(LONGEST_WATCH_MS).optional(),
})

/** What changed within reach since a cursor, as it is now. No change at all is answered 204, without a body. */
export const changes = z.object({
  data: z.object({
    conversations: z.array(conversation),
    messages: z.array(message),
    notes: z.array(note),
    presence: z.array(presence),
  }),
  cursor: z.string(),
  /** Whether there is more already: ask again at once. */
  hasMore: z.boolean(),
})
export type Changes = z.infer<typeof changes>
