import type { Conversation } from '@sax/api-contract'

export type ResponseState = 'ok' | 'warning' | 'breached'

type Times = Pick<Conversation, 'waitingSince' | 'slaWarnAt' | 'slaDueAt'>

/** Whether an answer is late at `nowMs`. The server reckoned both times with the practice's calendar; only the clock is ours. */
export function responseState({ waitingSince, slaWarnAt, slaDueAt }: Times, nowMs: number): ResponseState {
  if (waitingSince === null) return 'ok'
  if (slaDueAt !== null && nowMs >= Date.parse(slaDueAt)) return 'breached'
  if (slaWarnAt !== null && nowMs >= Date.parse(slaWarnAt)) return 'warning'
  return 'ok'
}

/** When the state of any of these changes next, in epoch milliseconds; undefined: never by itself. */
export function nextChangeMs(rows: readonly Times[], nowMs: number): number | undefined {
  let next: number | undefined
  for (const { waitingSince, slaWarnAt, slaDueAt } of rows) {
    if (waitingSince === null) continue
    for (const at of [slaWarnAt, slaDueAt]) {
      const atMs = at === null ? 0 : Date.parse(at)
      if (atMs > nowMs && (next === undefined || atMs < next)) next = atMs
    }
  }
  return next
}

/** How long a patient has waited, in the fewest words: `4 min`, `2 h 05 min`, `3 days`. */
export function waitedWords(waitingSince: string, nowMs: number): string {
  const minutes = Math.max(0, Math.floor((nowMs - Date.parse(waitingSince)) / 60_000))
  if (minutes < 60) return `${minutes} min`
  const hours = Math.floor(minutes / 60)
  if (hours < 24) return `${hours} h ${String(minutes % 60).padStart(2, '0')} min`
  const days = Math.floor(hours / 24)
  return days === 1 ? '1 day' : `${days} days`
}
