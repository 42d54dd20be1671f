import * as z from 'zod'

/** Every code an error answer can carry. Closed: clients may switch over it. */
export const errorCodes = [
  'UNAUTHORIZED',
  'FORBIDDEN',
  'CONTEXT_MISMATCH',
  'NOT_FOUND',
  'VALIDATION_ERROR',
  'INVALID_PHONE_FORMAT',
  'CONVERSATION_EXISTS',
  'OPTED_OUT',
  'MISSING_VARIABLES',
  'VERSION_CONFLICT',
  'CURSOR_EXPIRED',
  'RATE_LIMITED',
  'UPSTREAM_UNAVAILABLE',
  'INTERNAL_ERROR',
] as const
export type ErrorCode = (typeof errorCodes)[number]

/** The one error shape of the product. `message` is written for a person and quotes no data. */
export const errorBody = z.object({
  code: z.enum(errorCodes),
  message: z.string(),
  /** For `VALIDATION_ERROR`: `{fields: {name: message}}`. For `VERSION_CONFLICT`: `{current: <the stored resource>}`. For `CONVERSATION_EXISTS`: `{conversationId}`. For `OPTED_OUT`: `{consent: 'opted_out' | 'held'}`. For `NOT_FOUND` of a message's picture, which is kept for a day until it is sent: `{missing: 'picture'}`. */
  details: z.record(z.string(), z.unknown()).optional(),
  requestId: z.string(),
})
export type ErrorBody = z.infer<typeof errorBody>

/** The message of a request that reached the backend around the zone. The deployment checklist looks for these exact words. */
export const MISSING_TENANT_MESSAGE = 'Invalid or missing tenant_id'
