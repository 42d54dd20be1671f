/** How a message ends, or how the request that brings it is treated. */
export type Fate =
  | { readonly kind: 'delivered' }
  | { readonly kind: 'undelivered'; readonly errorCode: number }
  /** Refused before it is a message; nothing was processed. */
  | { readonly kind: 'too_many_requests' }
  /** Taken and delivered, but the request is never answered. */
  | { readonly kind: 'silence' }

const undelivered = (errorCode: number): Fate => ({ kind: 'undelivered', errorCode })

/**
 * Numbers of our own whose messages do not go well. They come from Denver's numbers for fiction (no sample patient
 * lives there), and the last two digits say what happens: those of Twilio's error number where there is one.
 * @source Twilio docs, "Error and Warning Dictionary": 30003 unreachable destination handset, 30005 unknown destination
 * handset, 30006 landline or unreachable carrier, 30007 message filtered, 30034 message from an unregistered number
 */
export const fatedNumbers: Readonly<Record<string, Fate>> = {
  '+13035550103': undelivered(30003),
  '+13035550105': undelivered(30005),
  '+13035550106': undelivered(30006),
  '+13035550107': undelivered(30007),
  '+13035550134': undelivered(30034),
  '+13035550129': { kind: 'too_many_requests' },
  '+13035550150': { kind: 'silence' },
}

/** What becomes of a message to `phone` when nobody asked for anything else. */
export function fateOf(phone: string): Fate {
  return fatedNumbers[phone] ?? { kind: 'delivered' }
}

/** @source Twilio docs, "Error and Warning Dictionary" */
const words: Readonly<Record<number, string>> = {
  11200: 'HTTP retrieval failure',
  12300: 'Invalid Content-Type',
  21610: 'Attempt to send to unsubscribed recipient',
  30001: 'Queue overflow',
  30003: 'Unreachable destination handset',
  30005: 'Unknown destination handset',
  30006: 'Landline or unreachable carrier',
  30007: 'Message filtered',
  30019: 'Content size exceeds carrier limit',
  30034: 'Message from an Unregistered Number',
}

/** What `error_message` says for a delivery error. */
export function errorWords(errorCode: number): string {
  return words[errorCode] ?? 'Unknown error'
}
