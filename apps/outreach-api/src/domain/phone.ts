import { type NumberType, parsePhoneNumberFromString } from 'libphonenumber-js/max'

/** Kinds of numbers that are nobody's telephone, and charge whoever texts them, if they take texts at all. */
const nobodys: readonly NumberType[] = ['PREMIUM_RATE', 'SHARED_COST', 'UAN', 'VOICEMAIL', 'PAGER']

/**
 * A number written in any notation as E.164; of the US unless it begins with +. Undefined for what is no number of a
 * telephone somebody may have.
 */
export function e164Of(text: string): string | undefined {
  const number = parsePhoneNumberFromString(text, 'US')
  return number?.isValid() && !nobodys.includes(number.getType()) ? number.number : undefined
}
