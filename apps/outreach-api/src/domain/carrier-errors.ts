import type { MessageStatus } from '@sax/api-contract'
import { carrierErrorOf } from '@sax/api-contract/carrier-errors'

/** What a person is told of a message that failed, and what to do next; null for one that did not, and has no number. */
export function carrierErrorText(code: number | null, status: MessageStatus, canRetry: boolean): string | null {
  if (code === null && status !== 'failed' && status !== 'undelivered') return null
  const { reason, next } = carrierErrorOf(code, { canRetry })
  return `${reason} ${next}`
}
