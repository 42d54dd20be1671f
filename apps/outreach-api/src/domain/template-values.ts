import type { KnownVariable } from '@sax/message-template'
import { parsePhoneNumberFromString } from 'libphonenumber-js/max'

export interface ValueSources {
  readonly coordinatorName: string
  readonly practice: { readonly name: string; readonly phone: string } | undefined
  readonly patient: { readonly firstName: string; readonly lastName: string } | undefined
  /** Given by hand; they win unless blank. */
  readonly given: Readonly<Record<string, string>>
}

/** The values a template is filled with. What nobody knows is absent. */
export function templateValues({ coordinatorName, practice, patient, given }: ValueSources): Record<string, string> {
  const known: Partial<Record<KnownVariable, string>> = {
    coordinatorName,
    ...(practice ? { practiceName: practice.name, practicePhone: readable(practice.phone) } : {}),
    ...(patient
      ? {
          firstName: patient.firstName,
          lastName: patient.lastName,
          fullName: `${patient.firstName} ${patient.lastName}`,
        }
      : {}),
  }
  const byHand = Object.entries(given).filter(([, value]) => value.trim() !== '')
  return { ...known, ...Object.fromEntries(byHand) }
}

/** A number as patients dial it: `(617) 555-0100` at home, international elsewhere. */
function readable(phone: string): string {
  const number = parsePhoneNumberFromString(phone)
  if (number === undefined) return phone
  return number.countryCallingCode === '1' ? number.formatNational() : number.formatInternational()
}
