import { parsePhoneNumberFromString } from 'libphonenumber-js/max'

/** A number written in any notation as E.164; of the US unless it begins with +. Undefined for what is no number. */
export function e164Of(text: string): string | undefined {
  const number = parsePhoneNumberFromString(text, 'US')
  return number?.isValid() ? number.number : undefined
}
