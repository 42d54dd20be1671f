/** How memory went over a run. */
export interface Growth {
  readonly fromMb: number
  readonly toMb: number
  /** Of a straight line through the samples, over the time in which they were taken, as a part of their mean. */
  readonly growth: number
}

/** The first of the samples, in which programs and caches get warm, do not count. */
const WARM_UP = 0.2

/** Below this growth, memory is called flat. */
export const FLAT = 0.05

/**
 * The least-squares line through samples that were taken at equal intervals.
 * @throws Error for fewer samples than make a line
 */
export function growthOf(kilobytes: readonly number[]): Growth {
  const counted = kilobytes.slice(Math.floor(kilobytes.length * WARM_UP))
  const n = counted.length
  if (n < 3) throw new Error('too few samples of memory')
  const meanX = (n - 1) / 2
  const meanY = counted.reduce((sum, value) => sum + value, 0) / n
  const covariance = counted.reduce((sum, value, x) => sum + (x - meanX) * (value - meanY), 0)
  const variance = counted.reduce((sum, _, x) => sum + (x - meanX) ** 2, 0)
  const slope = covariance / variance
  return {
    fromMb: (meanY - slope * meanX) / 1024,
    toMb: (meanY + slope * meanX) / 1024,
    growth: (slope * (n - 1)) / meanY,
  }
}
