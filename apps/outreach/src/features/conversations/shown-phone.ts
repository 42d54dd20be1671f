import type { Conversation } from '@sax/api-contract'

/** A number (E.164) as it is read: `(617) 555-0100` of the US and its neighbours, all others as they are. */
export function shownPhone(phone: string): string {
  const [, area, exchange, line] = /^\+1(\d{3})(\d{3})(\d{4})$/.exec(phone) ?? []
  return line === undefined ? phone : `(${area}) ${exchange}-${line}`
}

/** Whom a conversation is with: a name, or the number as it is read. */
export function shownName({ friendlyName, patientPhone }: Pick<Conversation, 'friendlyName' | 'patientPhone'>): {
  readonly name: string
  /** False when there is nothing but the number. */
  readonly named: boolean
} {
  const number = shownPhone(patientPhone)
  const named = friendlyName !== patientPhone && friendlyName !== number
  return { name: named ? friendlyName : number, named }
}
