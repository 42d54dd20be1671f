import { parsePhoneNumberFromString } from 'libphonenumber-js/max'

/** What a person typed into the patient search, understood. All parts must match. */
export interface PatientSearch {
  /** Pieces of a name or of a telephone number, the longest (most selective) first. */
  readonly pieces: readonly string[]
  /** YYYY-MM-DD */
  readonly dateOfBirth?: string
}

/** More words than anybody types; a longer search would only cost time. */
const MAX_PIECES = 8
const ISO_DATE = /^(\d{4})-(\d{2})-(\d{2})$/
const US_DATE = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/
/** Digits with what people write between them. A date with slashes is no telephone number. */
const PHONE = /^\+?[\d\s().\-–]{3,}$/
const MIN_PHONE_DIGITS = 3

/**
 * Reads a search: a telephone number in any notation, or words of a name in any order, with or without a date of birth
 * (YYYY-MM-DD, or M/D/YYYY as on paper).
 */
export function parsePatientSearch(text: string): PatientSearch {
  const typed = text.trim()
  const whole = dateOf(typed)
  if (whole !== undefined) return { pieces: [], dateOfBirth: whole }
  const digits = phoneDigits(typed)
  if (digits !== undefined) return { pieces: [digits] }
  const words = typed.split(/\s+/).filter((word) => word !== '')
  const dateOfBirth = words.map(dateOf).find((date) => date !== undefined)
  const pieces = words
    .filter((word) => dateOf(word) === undefined)
    .sort((a, b) => b.length - a.length)
    .slice(0, MAX_PIECES)
  return { pieces, ...(dateOfBirth === undefined ? {} : { dateOfBirth }) }
}

/** The digits by which a stored E.164 number is found: those of the full number, or of the part that was typed. */
function phoneDigits(text: string): string | undefined {
  const digits = text.replace(/\D/g, '')
  if (!PHONE.test(text) || digits.length < MIN_PHONE_DIGITS) return undefined
  const number = parsePhoneNumberFromString(text, 'US')
  return number?.isPossible() ? number.number.slice(1) : digits
}

function dateOf(text: string): string | undefined {
  const iso = ISO_DATE.exec(text)
  if (iso) return realDate(iso[1], iso[2], iso[3])
  const us = US_DATE.exec(text)
  return us ? realDate(us[3], us[1], us[2]) : undefined
}

/** Undefined for the 30th of February: such text is searched as it stands, and finds nobody. */
function realDate(year = '', month = '', day = ''): string | undefined {
  const date = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
  const read = new Date(`${date}T00:00:00Z`)
  return !Number.isNaN(read.getTime()) && read.toISOString().startsWith(date) ? date : undefined
}
