import type { MessageStatus } from '@sax/api-contract'

/**
 * What happened, and what to do next, by the carrier's error number.
 * @source Twilio "Error and Warning Dictionary"
 */
const TEXTS: Readonly<Record<number, string>> = {
  11200: 'The carrier could not fetch the picture. Send it again; if that fails too, tell your administrator.',
  12300: 'The carrier does not take this kind of picture. Send a JPEG, PNG or GIF.',
  21211: 'This is no telephone number that can be texted. Check it with the patient.',
  21408: 'Texts to this country are not enabled. Call the patient instead.',
  21610: 'The patient has said STOP. They have to text START before anything can be sent.',
  21612: 'This number cannot be reached from ours. Call the patient instead.',
  21614: 'This is not a mobile number. Ask the patient for one, or call.',
  21617: 'The message is too long. Send it in parts.',
  30001: 'Too much was waiting to be sent. Send it again in a few minutes.',
  30002: 'Our account at the carrier is suspended. Tell your administrator.',
  30003: 'The phone is switched off or out of reach. Try again later, or call.',
  30004: "The patient's phone or carrier blocks our messages. Call the patient.",
  30005: 'Nobody has this number any more. Ask the patient for the new one.',
  30006: 'This is a landline or cannot receive texts. Call the patient, or ask for a mobile number.',
  30007: 'The carrier took the message for spam. Reword it, without links, and send it again.',
  30008: 'The carrier does not say why. Send it again; if that fails too, call.',
  30019: 'The picture is too large for the carrier of the patient. Send a smaller one.',
  30034: 'Our number is not registered for business texts. Tell your administrator.',
}

/** What a person is told of a message that failed; null for one that did not, and has no number. */
export function carrierErrorText(code: number | null, status: MessageStatus): string | null {
  if (code !== null) return TEXTS[code] ?? 'The carrier refused the message. Send it again; if that fails too, call.'
  return status === 'failed' || status === 'undelivered' ? 'It could not be sent. Send it again.' : null
}
