import type { CostInput } from './cost-input.ts'
import type { CostGroup, CostLine } from './cost-line.ts'
import { computeLines } from './lines/compute.ts'
import { databaseLines } from './lines/database.ts'
import { deliveryLines } from './lines/delivery.ts'
import { monitoringLines } from './lines/monitoring.ts'
import { networkLines } from './lines/network.ts'
import { protectionLines } from './lines/protection.ts'
import { secretLines } from './lines/secrets.ts'

export interface CostEstimate {
  /** The dearest first; the same within a group. Lines that cost nothing are left out. */
  readonly groups: readonly {
    readonly group: CostGroup
    readonly usd: number
    readonly lines: readonly CostLine[]
  }[]
  /** A month. */
  readonly usd: number
}

/** What a stage costs a month, as far as AWS bills it. */
export function estimate(input: CostInput): CostEstimate {
  const lines = [
    networkLines,
    databaseLines,
    computeLines,
    deliveryLines,
    protectionLines,
    monitoringLines,
    secretLines,
  ]
    .flatMap((of) => of(input))
    .filter(({ usd }) => usd > 0)
    .sort((a, b) => b.usd - a.usd)
  const groups = [...new Set(lines.map(({ group }) => group))].map((group) => {
    const own = lines.filter((line) => line.group === group)
    return { group, usd: sumOf(own), lines: own }
  })
  return { groups: groups.sort((a, b) => b.usd - a.usd), usd: sumOf(lines) }
}

/** A sum of amounts that are whole cents is whole cents too. */
function sumOf(lines: readonly CostLine[]): number {
  return lines.reduce((cents, { usd }) => cents + Math.round(usd * 100), 0) / 100
}
