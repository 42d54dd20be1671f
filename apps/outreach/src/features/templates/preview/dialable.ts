import { parsePhoneNumberFromString } from 'libphonenumber-js/min'

/** A number (E.164) as patients dial it: `(617) 555-0100` at home, international elsewhere; the same as in a sent message. */
export function dialable(phone: string): string {
  const number = parsePhoneNumberFromString(phone)
  if (number === undefined) return phone
  return number.countryCallingCode === '1' ? number.formatNational() : number.formatInternational()
}
