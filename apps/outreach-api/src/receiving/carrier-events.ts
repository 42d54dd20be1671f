import * as z from 'zod'
import { type Progress, statusOfCarrier } from '../domain/message-status.ts'
import { type SaidAboutTexting, saidAboutTexting } from '../domain/revocation-words.ts'
import type { FormFields } from './webhook-signature.ts'

/** A message that a telephone sent to one of our numbers. */
export interface InboundMessage {
  /** The carrier's name for it. */
  readonly sid: string
  /** E.164 */
  readonly from: string
  readonly to: string
  /** The pool that the number belongs to, if any. */
  readonly messagingServiceSid: string | undefined
  readonly body: string
  readonly segmentCount: number
  readonly media: readonly InboundMedia[]
  readonly said: SaidAboutTexting | undefined
}

export interface InboundMedia {
  readonly url: string
  /** What it says it is. */
  readonly contentType: string
}

/** What the carrier tells of a message that we sent. */
export interface StatusReport {
  readonly sid: string
  /** Our name for it, from the address that we gave; undefined where that is missing. */
  readonly messageId: string | undefined
  readonly progress: Progress
}

/** `ignored`: well formed, and about nothing that we keep. */
export type Read<T> = { readonly kind: 'read'; readonly value: T } | { readonly kind: 'ignored' | 'malformed' }

const BODY_LENGTH = 1_600
/** @source Twilio documentation, "Send and receive media messages" (ten at most) */
const MOST_MEDIA = 10

const sid = z.string().regex(/^(SM|MM)[0-9a-f]{32}$/)
const telephone = z.string().regex(/^\+[1-9]\d{6,14}$/)
const count = z.coerce.number().int().min(0).max(1_000)

/** @source Twilio documentation, "Twilio's Request to your Webhook URL" (messaging) */
const inbound = z.object({
  MessageSid: sid,
  From: z.string().min(1).max(100),
  To: z.string().min(1).max(100),
  MessagingServiceSid: z.string().max(100).optional(),
  Body: z.string().optional(),
  NumMedia: count.default(0),
  NumSegments: count.default(0),
  // Only where the pool has Advanced Opt-Out. It knows words in other languages, which people set there.
  OptOutType: z.enum(['STOP', 'START', 'HELP']).optional().catch(undefined),
})

/** @source Twilio documentation, "Outbound Message Status in Status Callbacks" */
const status = z.object({
  MessageSid: sid,
  MessageStatus: z.string().max(50),
  ErrorCode: z.coerce.number().int().min(0).max(999_999).optional().catch(undefined),
})

const OPT_OUT_TYPES = { STOP: 'stop', START: 'start', HELP: 'help' } as const

export function readInbound(fields: FormFields): Read<InboundMessage> {
  const read = inbound.safeParse(fields)
  if (!read.success) return { kind: 'malformed' }
  const { MessageSid, From, To, MessagingServiceSid, Body = '', NumMedia, NumSegments, OptOutType } = read.data
  // A short code or another channel's address: nobody whom a text could be answered to.
  if (!telephone.safeParse(From).success || !telephone.safeParse(To).success) return { kind: 'ignored' }
  return {
    kind: 'read',
    value: {
      sid: MessageSid,
      from: From,
      to: To,
      messagingServiceSid: MessagingServiceSid || undefined,
      body: storable(Body),
      segmentCount: NumSegments,
      media: mediaOf(fields, NumMedia),
      said: OptOutType === undefined ? saidAboutTexting(Body) : OPT_OUT_TYPES[OptOutType],
    },
  }
}

export function readStatus(fields: FormFields, messageId: string | undefined): Read<StatusReport> {
  const read = status.safeParse(fields)
  if (!read.success) return { kind: 'malformed' }
  const { MessageSid, MessageStatus, ErrorCode } = read.data
  const known = statusOfCarrier(MessageStatus)
  if (known === undefined) return { kind: 'ignored' }
  const named = z.guid().safeParse(messageId)
  return {
    kind: 'read',
    value: {
      sid: MessageSid,
      messageId: named.success ? named.data : undefined,
      progress: { status: known, ...(ErrorCode ? { errorCode: ErrorCode } : {}) },
    },
  }
}

function mediaOf(fields: FormFields, announced: number): readonly InboundMedia[] {
  return Array.from({ length: Math.min(announced, MOST_MEDIA) }, (_, index) => index).flatMap((index) => {
    const url = fields[`MediaUrl${index}`]
    const contentType = fields[`MediaContentType${index}`]
    if (typeof url !== 'string' || url.length > 2_000 || !URL.canParse(url)) return []
    return [{ url, contentType: typeof contentType === 'string' ? contentType.slice(0, 200) : '' }]
  })
}

/** PostgreSQL has no room for NUL. Characters are counted as it counts them. */
function storable(body: string): string {
  const characters = [...body.replaceAll('\u0000', '\uFFFD')]
  return characters.slice(0, BODY_LENGTH).join('')
}
