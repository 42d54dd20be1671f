/** Why the carrier did not deliver a message, and what to do next, for a coordinator. */
export interface CarrierError {
  readonly reason: string
  readonly next: string
}

/** The carrier's number for a recipient who said stop. @source Twilio documentation, "Error 21610" */
export const OPTED_OUT = 21610

/**
 * What is said of each of the carrier's numbers, wherever it is said.
 * @source Twilio documentation, "Error and Warning Dictionary"
 */
export const carrierErrors: Readonly<Record<number, CarrierError>> = {
  11200: { reason: 'The carrier could not fetch the picture.', next: 'Send it again, or tell an administrator.' },
  12300: { reason: 'The carrier does not take this kind of picture.', next: 'Send a JPEG, PNG or GIF.' },
  21211: { reason: 'This is not a telephone number.', next: 'Correct the number in the patient’s record.' },
  21408: { reason: 'Messages to this country are switched off.', next: 'Call the patient, or ask an administrator.' },
  [OPTED_OUT]: {
    reason: 'The patient has said STOP.',
    next: 'Call instead. The patient can text START to hear from you again.',
  },
  21612: { reason: 'Your number cannot send to this one.', next: 'Call the patient, or ask an administrator.' },
  21614: { reason: 'This number cannot receive text messages.', next: 'Ask the patient for a mobile number.' },
  21617: { reason: 'The message is too long.', next: 'Send it in parts.' },
  30001: { reason: 'Too many messages were waiting.', next: 'Send it again in a few minutes.' },
  30002: { reason: 'The account with the carrier is suspended.', next: 'Tell an administrator.' },
  30003: { reason: 'The phone is off or out of reach.', next: 'Try again later, or call.' },
  30004: { reason: 'The phone or its network blocks your messages.', next: 'Call the patient.' },
  30005: { reason: 'The number is not in use.', next: 'Check the number with the patient.' },
  30006: { reason: 'This is a landline, or its network takes no messages.', next: 'Call, or ask for a mobile number.' },
  30007: { reason: 'The network took the message for spam.', next: 'Write it in other words, without links.' },
  30008: { reason: 'The network gave no reason.', next: 'Try again later, or call.' },
  30019: { reason: 'The picture is too large for the patient’s network.', next: 'Send a smaller one.' },
  30034: { reason: 'Your number is not registered with the networks yet.', next: 'Tell an administrator.' },
}

/**
 * What is said of a message that failed: of its number, or of one that nobody foresaw, or of none. `canRetry`: the same
 * message can still be sent.
 */
export function carrierErrorOf(code: number | null, { canRetry }: { readonly canRetry: boolean }): CarrierError {
  const known = code === null ? undefined : carrierErrors[code]
  if (known !== undefined) return known
  const next = canRetry
    ? 'Send it again; if that fails too, call the patient.'
    : 'Try again later, or call the patient.'
  if (code !== null) return { reason: 'The carrier refused the message.', next }
  return { reason: canRetry ? 'It could not be sent.' : 'The carrier gave no reason.', next }
}
