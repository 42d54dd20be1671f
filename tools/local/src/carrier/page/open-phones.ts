import type { Carrier } from '../carrier.ts'
import type { PhoneBook } from './phone-book.ts'

/** More than this nobody can follow. */
const MOST_OPEN = 6
const USUALLY_OPEN = 3
const PHONE = /^\+[1-9]\d{6,14}$/

/** The phones that an address opens: those it names, else the ones that spoke last, filled up from the phone book. */
export function openPhones(query: URLSearchParams, carrier: Carrier, book: PhoneBook): readonly string[] {
  const named = query.getAll('phone')
  const wanted =
    named.length > 0 ? named.map(dialled) : [...carrier.phones.all, ...book.people.map(({ phone }) => phone)]
  const phones = [...new Set(wanted)].filter((phone) => PHONE.test(phone))
  return phones.slice(0, named.length > 0 ? MOST_OPEN : USUALLY_OPEN)
}

/** The address with these phones open; with none, the address says so. */
export function addressOf(phones: readonly string[]): string {
  const query = new URLSearchParams(phones.length === 0 ? [['phone', '']] : phones.map((phone) => ['phone', phone]))
  return `/?${query}`
}

/** "Ann (617) 555-0101" and "617 555 0101" both mean +16175550101. */
function dialled(text: string): string {
  const digits = text.replace(/[^\d+]/g, '')
  return /^\d{10}$/.test(digits) ? `+1${digits}` : digits
}
