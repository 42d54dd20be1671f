import { isUuid } from '@sax/user-context'

/** Behind which row a page of a list begins. `waiting` tells the two halves of that order apart. */
export interface ListPosition {
  readonly waiting: boolean
  /** Microseconds since the epoch, decimal: PostgreSQL's own precision. */
  readonly key: string
  readonly id: string
}

/** Later than any time a list is sorted by: the year 2200. */
const MAX_MICROS = 7_258_118_400_000_000

/** A position as a cursor that means nothing to others. */
export function writePosition({ waiting, key, id }: ListPosition): string {
  return `${waiting ? 'w' : 'n'}.${key}.${id}`
}

/** Undefined for what `writePosition` did not write. */
export function readPosition(cursor: string): ListPosition | undefined {
  const [half, key = '', id = '', ...rest] = cursor.split('.')
  if ((half !== 'w' && half !== 'n') || rest.length > 0 || !isUuid(id)) return undefined
  if (!/^\d{1,16}$/.test(key) || Number(key) > MAX_MICROS) return undefined
  return { waiting: half === 'w', key, id }
}
