import { outreach } from '@sax/topology'
import type { ReceivingStore } from './receiving-store.ts'

/** What is needed to believe the carrier, and to act on it. */
export interface CarrierWebhooks {
  readonly store: ReceivingStore
  readonly accountSid: string
  /** The token in use and, during a rotation, the one before. */
  readonly tokens: () => Promise<readonly string[]>
  /** How the carrier reaches the API, without a trailing slash. It signs what it calls. */
  readonly publicBaseUrl: string
}

/** The address that hears of a message's way. */
export function statusCallbackOf(publicBaseUrl: string): (messageId: string) => string {
  return (messageId) => `${publicBaseUrl}${outreach.basePath}/webhooks/twilio/status?m=${messageId}`
}
