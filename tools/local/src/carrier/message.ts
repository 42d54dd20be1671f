/** @source twilio/twilio-oai, spec/json/twilio_api_v2010.json, message_enum_status; those a text message can have */
export type MessageStatus =
  | 'accepted'
  | 'scheduled'
  | 'canceled'
  | 'queued'
  | 'sending'
  | 'sent'
  | 'failed'
  | 'delivered'
  | 'undelivered'
  | 'received'

/** A picture; its bytes are on the shelf. */
export interface MessageMedia {
  readonly sid: string
  readonly contentType: string
}

/** A message as the carrier keeps it. */
export interface CarrierMessage {
  readonly sid: string
  readonly direction: 'inbound' | 'outbound-api'
  readonly to: string
  /** Null while the Messaging Service has not chosen a sender. */
  from: string | null
  readonly serviceSid: string | null
  readonly body: string
  /** Where the customer has the pictures of an outbound message. */
  readonly mediaUrls: readonly string[]
  /** Pictures that the carrier has. */
  media: readonly MessageMedia[]
  status: MessageStatus
  /** Zero while there is no sender. */
  segments: number
  readonly createdMs: number
  updatedMs: number
  sentMs: number | null
  errorCode: number | null
  readonly statusCallback: string | null
  /** Queued for longer than this, it fails. Seconds. */
  readonly validitySec: number
}

const finals: ReadonlySet<MessageStatus> = new Set(['canceled', 'failed', 'delivered', 'undelivered', 'received'])

/** Nothing more happens to such a message. */
export function isFinal(status: MessageStatus): boolean {
  return finals.has(status)
}
