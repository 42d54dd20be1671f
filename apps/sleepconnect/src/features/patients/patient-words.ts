import type { Patient } from '@sax/api-contract'
import { parsePhoneNumberFromString } from 'libphonenumber-js/min'

/** A phone number as its country writes it; numbers of other countries keep their `+`. Unreadable numbers stay as they are. */
export function phoneWords(e164: string): string {
  const number = parsePhoneNumberFromString(e164)
  if (number === undefined) return e164
  return number.countryCallingCode === '1' ? number.formatNational() : number.formatInternational()
}

export function fullName({ firstName, lastName }: Pick<Patient, 'firstName' | 'lastName'>): string {
  return `${firstName} ${lastName}`.trim()
}

const dayFormat = new Intl.DateTimeFormat('en-US', { dateStyle: 'medium', timeZone: 'UTC' })

/** `Mar 4, 1961` for `1961-03-04`. A birthday has no time zone. */
export function dayWords(isoDate: string): string {
  return dayFormat.format(new Date(`${isoDate}T00:00:00Z`))
}

/** Whole years between two days written `YYYY-MM-DD`. Born on 29 February: a year older on 1 March. */
export function ageYears(bornIso: string, todayIso: string): number {
  const years = Number(todayIso.slice(0, 4)) - Number(bornIso.slice(0, 4))
  return todayIso.slice(5) < bornIso.slice(5) ? years - 1 : years
}

/** Day and time of `now` in an IANA time zone, and whether people there should be left alone. */
export function localTime(
  timeZone: string,
  now: Date,
): { readonly words: string; readonly night: boolean } | undefined {
  try {
    const words = new Intl.DateTimeFormat('en-US', { timeZone, weekday: 'short', hour: 'numeric', minute: '2-digit' })
    const hour = Number(new Intl.DateTimeFormat('en-US', { timeZone, hour: 'numeric', hourCycle: 'h23' }).format(now))
    return { words: words.format(now), night: hour < 8 || hour >= 21 }
  } catch (error) {
    if (error instanceof RangeError) return undefined
    throw error
  }
}

/** `New York` for `America/New_York`. */
export function zoneWords(timeZone: string): string {
  return (timeZone.split('/').at(-1) ?? timeZone).replaceAll('_', ' ')
}

/** `Spanish` for `es`. */
export function languageWords(tag: string): string {
  try {
    return new Intl.DisplayNames('en', { type: 'language' }).of(tag) ?? tag
  } catch (error) {
    if (error instanceof RangeError) return tag
    throw error
  }
}

/** Today where the person at the screen is, as `YYYY-MM-DD`. */
export function isoToday(now: Date): string {
  const two = (part: number) => String(part).padStart(2, '0')
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`
}
