import type { Conversation } from '@sax/api-contract'

/** So long before its end one's own claim is made again. */
const AHEAD_MS = 60_000

/** Whether who is writing should say so: nobody does, or one's own word is nearly over. */
export function claimIsDue(claim: Conversation['claim'], saxId: number, nowMs: number): boolean {
  if (claim === null) return true
  const leftMs = Date.parse(claim.until) - nowMs
  return claim.saxId === saxId ? leftMs < AHEAD_MS : leftMs <= 0
}
