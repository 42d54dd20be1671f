import { PRACTICES_PER_TENANT, SIZE } from './data-set.ts'
import { idOf } from './staff.ts'

const numbers = new Map(
  Array.from({ length: SIZE.tenants * PRACTICES_PER_TENANT }, (_, i) => [
    idOf('practice', i + 1),
    `+1617555${String(i + 1).padStart(4, '0')}`,
  ]),
)

/** The number that a practice of the data set writes from. */
export function numberOf(practiceId: string): string {
  const number = numbers.get(practiceId)
  if (number === undefined) throw new Error('no practice of the data set')
  return number
}
