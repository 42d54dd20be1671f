import * as z from 'zod'
import { isBlank } from './blank.ts'
import { identifier, listOf, one, typedText } from './list.ts'

/** Longest message. @source Twilio Messages API: Body holds up to 1,600 characters */
export const MESSAGE_LENGTH = 1600

export const messageStatus = z.enum(['queued', 'sending', 'sent', 'delivered', 'read', 'failed', 'undelivered'])
export type MessageStatus = z.infer<typeof messageStatus>

/**
 * Why a picture is not kept. `kind`: of one that is not shown. `mismatch`: not what it said it was. `gone`: the carrier
 * had it no more. `not_fetched`: it could not be had in time.
 */
export const mediaRefusal = z.enum(['too_large', 'kind', 'mismatch', 'gone', 'not_fetched'])
export type MediaRefusal = z.infer<typeof mediaRefusal>

export const messageMedia = z.object({
  id: identifier,
  contentType: z.string(),
  /** Null while it has not been fetched. */
  bytes: z.int().min(0).nullable(),
  /** `kept`: `getMedia` has it. */
  verdict: z.enum(['waiting', 'kept', 'refused']),
  /** Of what was refused, where that is known. */
  refusal: mediaRefusal.nullable(),
})
export type MessageMedia = z.infer<typeof messageMedia>

export const message = z.object({
  id: identifier,
  conversationId: identifier,
  /** Place in its conversation, from 1, without gaps. Messages are in order of it, never of a clock. */
  seq: z.int().min(1),
  direction: z.enum(['inbound', 'outbound']),
  /** Empty for a picture without words. */
  body: z.string().max(MESSAGE_LENGTH),
  /** Inbound messages are `delivered`. */
  status: messageStatus,
  segmentCount: z.int().min(0),
  /** Who wrote it; null for inbound and automatic ones. */
  authorSaxId: z.int().nullable(),
  authorName: z.string().nullable(),
  /** The carrier's error number. */
  errorCode: z.int().nullable(),
  /** What the number means, for a person; null without one. */
  errorMessage: z.string().nullable(),
  /** The id its writer gave it; null for inbound ones. */
  clientId: identifier.nullable(),
  media: z.array(messageMedia),
  /** Not sent before this; null: at once. */
  scheduledFor: z.iso.datetime().nullable(),
  /** Given up before the carrier took it: `retryMessage` sends it again, as the same message. */
  canRetry: z.boolean(),
  /** When a person called it off; it is `failed` then. Null: nobody has. */
  cancelledAt: z.iso.datetime().nullable(),
  /** Marks of a classifier, for the eye alone. Null: not read. */
  sentiment: z.enum(['positive', 'neutral', 'negative']).nullable(),
  urgent: z.boolean().nullable(),
  createdAt: z.iso.datetime(),
  sentAt: z.iso.datetime().nullable(),
  deliveredAt: z.iso.datetime().nullable(),
})
export type Message = z.infer<typeof message>

const typed = z
  .string()
  .min(1)
  .max(MESSAGE_LENGTH)
  .refine((text) => !isBlank(text), 'Write something')
  .refine((text) => text.isWellFormed(), 'Holds a broken character')

/**
 * Pictures that can be sent. @source Twilio documentation, "Accepted content types for media" (what MMS carries and
 * every telephone shows)
 */
export const pictureTypes = ['image/jpeg', 'image/png', 'image/gif'] as const
/**
 * Longest picture that can be sent. The carrier takes 5 MB with the words; on its way here a picture travels through
 * functions, whose requests and answers hold 6 MB of base64, which is a third longer.
 * @source Twilio documentation, "Accepted content types for media" (MMS: 5 MB); AWS Lambda Developer Guide, "Lambda quotas"
 */
export const PICTURE_BYTES = 4 * 1024 * 1024

/** A picture that was stored to be sent with a message. */
export const upload = z.object({ id: identifier, contentType: z.enum(pictureTypes), bytes: z.int().min(1) })
export type Upload = z.infer<typeof upload>
export const uploadOne = one(upload)

/** A first message of a new conversation. */
export const firstMessageBody = z.object({
  /** A UUID of the writer's. Sent again it is the same message, and nothing more happens. */
  clientId: identifier,
  body: typed,
  templateId: identifier.optional(),
  /** Not to be sent before this. At most a week ahead. */
  scheduledFor: z.iso.datetime().optional(),
})

export const sendMessageBody = z
  .object({
    ...firstMessageBody.shape,
    /** Empty for a picture without words. */
    body: typed.or(z.literal('')),
    /** Of `uploadMedia`, by the same person, for the same conversation. */
    pictureId: identifier.optional(),
    /** `seq` of the newest message the writer has on the screen, 0 for none. An answer of somebody else after it refuses this one: 409 `VERSION_CONFLICT`. */
    seenSeq: z.int().min(0),
  })
  .refine(({ body, pictureId }) => body !== '' || pictureId !== undefined, {
    path: ['body'],
    message: 'Write something, or choose a picture',
  })
export type SendMessage = z.infer<typeof sendMessageBody>

export const messageListQuery = z.object({
  /** Messages before this `seq`. Default: the newest. */
  before: z.coerce.number().int().min(1).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
})

/** Newest last. `offset` counts from the newest: so many messages come after these. */
export const messageList = listOf(message).extend({
  /** Whether there are older ones, as in `pagination`. */
  hasMore: z.boolean(),
})
export const messageOne = one(message)

export const note = z.object({
  id: identifier,
  conversationId: identifier,
  authorSaxId: z.int(),
  authorName: z.string().nullable(),
  body: z.string(),
  createdAt: z.iso.datetime(),
})
export type Note = z.infer<typeof note>

/** Refused with 422 once the notes of the conversation fill two megabytes: its screen has all of them. */
export const createNoteBody = z.object({ body: typedText(4000) })
export type CreateNote = z.infer<typeof createNoteBody>
export const noteOne = one(note)
