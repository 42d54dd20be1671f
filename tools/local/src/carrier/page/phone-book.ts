/** Who owns which number. */
export interface Person {
  readonly name: string
  /** E.164 */
  readonly phone: string
}

/** Names for the numbers that a page shows. Several people may share one phone. */
export class PhoneBook {
  readonly people: readonly Person[]
  readonly #names = new Map<string, string>()

  constructor(people: readonly Person[]) {
    for (const { name, phone } of people) {
      const before = this.#names.get(phone)
      this.#names.set(phone, before === undefined ? name : `${before} and ${name}`)
    }
    this.people = [...this.#names].map(([phone, name]) => ({ phone, name }))
  }

  nameOf(phone: string): string {
    return this.#names.get(phone) ?? 'Somebody unknown'
  }
}

/** `+16175550101` as people here write it; other countries' numbers stay as they are. */
export function spoken(phone: string): string {
  return phone.replace(/^\+1(\d{3})(\d{3})(\d{4})$/, '($1) $2-$3')
}
