import type { Logger } from '@sax/logging'
import type { Verifier } from '@sax/user-context/verify'
import type { Viewer } from '../domain/viewer.ts'
import type { CarrierWebhooks } from '../receiving/carrier-webhooks.ts'
import type { MediaStorage } from '../receiving/media/media-ports.ts'
import type { OutboxHints } from '../sending/outbox-hints.ts'
import type { Database } from '../store/database.ts'

/** What a request carries along, in Hono's words. `viewer` is there on every route that is not public. */
export interface ApiEnv {
  readonly Variables: { requestId: string; viewer: Viewer }
}

/** What the application is made of. */
export interface AppDeps {
  readonly database: Database
  readonly verify: Verifier
  readonly logger: Logger
  /** A new UUID. */
  readonly newId: () => string
  /** Monotonic milliseconds, for durations. */
  readonly nowMs: () => number
  /** Present time in milliseconds since the epoch: what a patient's waiting is compared with. */
  readonly epochMs: () => number
  readonly release: string
  /** Where pictures of messages lie. Default: nowhere, and none is shown. */
  readonly media?: MediaStorage | undefined
  /** Default: the carrier is not listened to. */
  readonly webhooks?: CarrierWebhooks | undefined
  /** Default: nobody is told of messages, and workers look for themselves. */
  readonly hints?: OutboxHints | undefined
}
