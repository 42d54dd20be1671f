/** What a suite came to. */
export interface Counts {
  readonly passed: number
  readonly failed: number
  /** What failed, a line each: where it is, its title, the first line of why. Absent: the report names nothing. */
  readonly failures?: readonly string[]
}

export interface SuiteResult extends Counts {
  readonly name: string
  readonly durationMs: number
  /** Why the suite was not run; absent: it was. */
  readonly leftOut?: string
}

/**
 * Counts that agree with how the program ended: a program that failed has a failure even when its report shows none
 * (it broke outside of any test), and a suite that ran nothing has failed.
 */
export function countsOf(reported: Counts | undefined, exitCode: number | null): Counts {
  const counts = reported ?? { passed: 0, failed: 0 }
  if (counts.failed > 0 || (exitCode === 0 && counts.passed > 0)) return counts
  return { ...counts, failed: 1 }
}

/** The last line of a test run; others look for exactly these words. */
export function verdict(results: readonly Counts[]): string {
  const sum = (pick: (counts: Counts) => number) => results.reduce((total, counts) => total + pick(counts), 0)
  return `${sum(({ passed }) => passed)} passed, ${sum(({ failed }) => failed)} failed`
}
