import type { Conversation, ConversationCounts } from '@sax/api-contract'
import { responseState } from '../response-state.ts'

/** The server's counts, and in "at risk" the rows that became so by the clock alone since it counted. */
export function countsNow(
  counts: ConversationCounts,
  rows: readonly Conversation[],
  nowMs: number,
): ConversationCounts {
  const became = rows.filter(
    (row) => row.status === 'active' && isLate(row, nowMs) && !isLate(row, Date.parse(row.asOf)),
  )
  return { ...counts, at_risk: counts.at_risk + became.length }
}

function isLate(row: Conversation, atMs: number): boolean {
  return responseState(row, atMs) !== 'ok'
}
