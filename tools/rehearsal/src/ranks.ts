/** The value below or at which the given part of the values lies. @param values at least one */
export function nearestRank(values: readonly number[], part: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  const value = sorted[Math.max(0, Math.ceil(sorted.length * part) - 1)]
  if (value === undefined) throw new TypeError('no values')
  return value
}

export function median(values: readonly number[]): number {
  return nearestRank(values, 0.5)
}
