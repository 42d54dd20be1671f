import type { Price } from './price-list.ts'

/** What money is spent for. */
export type CostGroup = 'network' | 'database' | 'compute' | 'delivery' | 'protection' | 'monitoring' | 'secrets'

/** One thing that AWS bills. */
export interface CostLine {
  readonly group: CostGroup
  readonly what: string
  /** In the price's unit. */
  readonly quantity: number
  readonly price: Price
  /** A month, to the cent. */
  readonly usd: number
}

/** A line whose cost follows from how much there is of it. */
export function costLine(group: CostGroup, what: string, quantity: number, price: Price): CostLine {
  return { group, what, quantity, price, usd: Math.round(quantity * price.usd * 100) / 100 }
}
