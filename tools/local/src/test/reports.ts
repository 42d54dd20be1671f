import { stripVTControlCharacters } from 'node:util'
import { z } from 'zod'
import type { Counts } from './verdict.ts'

const vitestReport = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  testResults: z.array(z.object({ status: z.string(), assertionResults: z.array(z.unknown()) })),
})

const playwrightReport = z.object({
  stats: z.object({ expected: z.number(), unexpected: z.number(), flaky: z.number() }),
})

/** Counts in Vitest's JSON report. A file that failed before its first test counts as one failure. */
export function vitestCounts(text: string): Counts | undefined {
  const parsed = vitestReport.safeParse(parseJson(text))
  if (!parsed.success) return undefined
  const { numPassedTests, numFailedTests, testResults } = parsed.data
  const unloaded = testResults.filter(
    ({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0,
  )
  return { passed: numPassedTests, failed: numFailedTests + unloaded.length }
}

/** Counts in Playwright's JSON report. */
export function playwrightCounts(text: string): Counts | undefined {
  const parsed = playwrightReport.safeParse(parseJson(text))
  if (!parsed.success) return undefined
  const { expected, unexpected, flaky } = parsed.data.stats
  return { passed: expected, failed: unexpected + flaky }
}

const timeline = z.object({ acts: z.array(z.object({ isRight: z.boolean() })).min(1) })

/** Acts in the timeline of a rehearsal. */
export function rehearsalCounts(text: string): Counts | undefined {
  const parsed = timeline.safeParse(parseJson(text))
  if (!parsed.success) return undefined
  const { acts } = parsed.data
  const passed = acts.filter(({ isRight }) => isRight).length
  return { passed, failed: acts.length - passed }
}

/** Counts in the last line of `npm run check`. */
export function checkCounts(output: string): Counts | undefined {
  const found = /(\d+) checks passed, (\d+) failed/.exec(stripVTControlCharacters(output))
  return found === null ? undefined : { passed: Number(found[1]), failed: Number(found[2]) }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
