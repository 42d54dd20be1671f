/** What the Messages API refuses, and how. */
export interface Refusal {
  readonly status: number
  /** Twilio's error number. */
  readonly code: number
  readonly message: string
}

/**
 * @source Twilio docs, "Error and Warning Dictionary", one page per number (api/errors/21211 and so on)
 */
export const refusals = {
  authenticate: { status: 401, code: 20003, message: 'Authenticate' },
  notFound: { status: 404, code: 20404, message: 'The requested resource was not found' },
  methodNotAllowed: { status: 405, code: 20004, message: 'Method not allowed' },
  tooManyRequests: { status: 429, code: 20429, message: 'Too Many Requests' },
  internal: { status: 500, code: 20500, message: 'An internal server error has occurred' },
  invalidTo: { status: 400, code: 21211, message: "The 'To' number is not a valid phone number." },
  fromRequired: { status: 400, code: 21603, message: "A 'From' phone number is required." },
  toRequired: { status: 400, code: 21604, message: "A 'To' phone number is required." },
  foreignFrom: {
    status: 400,
    code: 21606,
    message: "The 'From' phone number provided is not a valid message-capable Twilio phone number",
  },
  invalidStatusCallback: { status: 400, code: 21609, message: "The 'StatusCallback' URL is not a valid URL." },
  unsubscribed: { status: 400, code: 21610, message: 'Attempt to send to unsubscribed recipient' },
  queueFull: {
    status: 429,
    code: 21611,
    message: "This 'From' number has exceeded the maximum number of queued messages",
  },
  tooLong: { status: 400, code: 21617, message: 'The concatenated message body exceeds the 1600 character limit' },
  empty: { status: 400, code: 21619, message: 'A text message body or media urls must be specified.' },
  invalidMediaUrl: { status: 400, code: 21620, message: 'Invalid media URL(s)' },
  tooManyMedia: { status: 400, code: 21623, message: 'Number of media files exceeds allowed limit' },
  noSuchService: { status: 404, code: 21701, message: 'The Messaging Service does not exist' },
  serviceWithoutNumber: {
    status: 400,
    code: 21703,
    message: 'The Messaging Service does not have a phone number available to send a message',
  },
  notCancelable: { status: 400, code: 30409, message: 'This message cannot be canceled' },
  sendAtMissing: { status: 400, code: 35111, message: 'SendAt timestamp is missing' },
  sendAtOutOfRange: { status: 400, code: 35115, message: 'Scheduling does not support this timestamp' },
  scheduleWithoutService: {
    status: 400,
    code: 35118,
    message: 'MessagingServiceSid is required to schedule a message',
  },
  scheduleType: { status: 400, code: 35126, message: 'The ScheduleType value provided is not supported' },
  validityPeriod: { status: 400, code: 90007, message: 'Invalid validity period value' },
} as const satisfies Record<string, Refusal>

/**
 * The body of a refusal.
 * @source twilio 6.2.0, lib/base/RestException: code, message, more_info and status are what the SDK reads
 */
export function refusalBody({ status, code, message }: Refusal): Record<string, string | number> {
  return { code, message, more_info: `https://www.twilio.com/docs/errors/${code}`, status }
}
