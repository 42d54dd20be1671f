import builders from 'junit-report-builder'
import type { VerifyReport } from './verify-report.ts'

/** The report for build machines, as JUnit XML: one suite per group, one case per promise. */
export function reportJunit({ stage, results }: VerifyReport): string {
  const builder = builders.newBuilder()
  for (const group of new Set(results.map((result) => result.group))) {
    const suite = builder.testSuite().name(`${stage}: ${group}`)
    for (const { id, title, outcome, findings, durationMs } of results.filter((result) => result.group === group)) {
      const test = suite
        .testCase()
        .className(`${stage}.${group}`)
        .name(`${id}: ${title}`)
        .time(durationMs / 1000)
      const why = findings.join('\n')
      if (outcome === 'broken') test.failure(why)
      if (outcome === 'unseen') test.skipped().standardOutput(why)
    }
  }
  return builder.build()
}
