/** A number (E.164) as it is read: `(617) 555-0100` of the US and its neighbours, all others as they are. */
export function shownPhone(phone: string): string {
  const [, area, exchange, line] = /^\+1(\d{3})(\d{3})(\d{4})$/.exec(phone) ?? []
  return line === undefined ? phone : `(${area}) ${exchange}-${line}`
}
