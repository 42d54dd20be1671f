import { stripVTControlCharacters } from 'node:util'
import { z } from 'zod'
import type { Counts } from './verdict.ts'

const vitestReport = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  testResults: z.array(
    z.object({
      status: z.string(),
      name: z.string(),
      message: z.string().optional(),
      assertionResults: z.array(
        z.object({ status: z.string(), fullName: z.string(), failureMessages: z.array(z.string()).default([]) }),
      ),
    }),
  ),
})

const playwrightError = z.object({
  message: z.string().optional(),
  location: z.object({ line: z.number() }).optional(),
})
const playwrightResult = z.object({
  errors: z.array(playwrightError).default([]),
  steps: z.array(z.object({ title: z.string(), duration: z.number(), error: playwrightError.optional() })).default([]),
})
const playwrightTest = z.object({
  status: z.string(),
  projectName: z.string().optional(),
  results: z.array(playwrightResult).default([]),
})
const playwrightSpecs = z.array(z.object({ title: z.string(), file: z.string(), tests: z.array(playwrightTest) }))
interface PlaywrightSuite {
  readonly specs?: z.infer<typeof playwrightSpecs> | undefined
  readonly suites?: readonly PlaywrightSuite[] | undefined
}
const playwrightSuite: z.ZodType<PlaywrightSuite> = z.lazy(() =>
  z.object({ specs: playwrightSpecs.optional(), suites: z.array(playwrightSuite).optional() }),
)
const playwrightReport = z.object({
  stats: z.object({ expected: z.number(), unexpected: z.number(), flaky: z.number(), skipped: z.number() }),
  /** What went wrong outside of any test, as when a worker could not end. */
  errors: z.array(z.object({ message: z.string().optional() })).default([]),
  suites: z.array(playwrightSuite).default([]),
})

/** Counts in Vitest's JSON report. A file that failed before its first test counts as one failure. */
export function vitestCounts(text: string): Counts | undefined {
  const parsed = vitestReport.safeParse(parseJson(text))
  if (!parsed.success) return undefined
  const { numPassedTests, numFailedTests, testResults } = parsed.data
  const unloaded = testResults.filter(
    ({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0,
  )
  const failures = [
    ...unloaded.map(({ name, message }) => failureLine(name, 'did not load', message)),
    ...testResults.flatMap(({ name, assertionResults }) =>
      assertionResults
        .filter(({ status }) => status === 'failed')
        .map(({ fullName, failureMessages }) => failureLine(name, fullName, failureMessages[0])),
    ),
  ]
  return { passed: numPassedTests, failed: numFailedTests + unloaded.length, failures }
}

/** Counts in Playwright's JSON report. A test that did not run, whatever the reason, counts as a failure. */
export function playwrightCounts(text: string): Counts | undefined {
  const parsed = playwrightReport.safeParse(parseJson(text))
  if (!parsed.success) return undefined
  const { expected, unexpected, flaky, skipped } = parsed.data.stats
  const failures = specsOf(parsed.data.suites).flatMap(({ file, title, tests }) =>
    // Passed at a second try, or not run at all, is a failure to us and `ok` to Playwright.
    tests
      .filter(({ status }) => status !== 'expected')
      .map(({ status, projectName, results }) => {
        const where = projectName === undefined ? file : `${file} (${projectName})`
        return [failureLine(where, title), ...reasonsOf(results.at(-1), status)].join(' › ')
      }),
  )
  const outside = parsed.data.errors.map(({ message }) => failureLine('browser', 'outside of any test', message))
  return { passed: expected, failed: unexpected + flaky + skipped, failures: [...failures, ...outside] }
}

/** A test that took too long says so and no more; what it waited for is another error of it, and how long is in its steps. */
function reasonsOf(result: z.infer<typeof playwrightResult> | undefined, status: string): readonly string[] {
  if (result === undefined || result.errors.length === 0) return [status]
  const errors = result.errors.map(({ message, location }) => {
    const at = location === undefined ? '' : ` (line ${location.line})`
    return reason(message) + at
  })
  const steps = result.steps.map(({ title, duration, error }) => {
    const seconds = `${(duration / 1000).toFixed(1)} s`
    return `${error === undefined ? '' : 'failed: '}${title} ${seconds}`
  })
  return [...errors, ...(steps.length > 0 ? [`steps: ${steps.join(', ')}`] : [])]
}

function specsOf(suites: readonly PlaywrightSuite[]): z.infer<typeof playwrightSpecs> {
  return suites.flatMap(({ specs = [], suites: inner = [] }) => [...specs, ...specsOf(inner)])
}

const timeline = z.object({ acts: z.array(z.object({ title: z.string(), isRight: z.boolean() })).min(1) })

/** Acts in the timeline of a rehearsal. */
export function rehearsalCounts(text: string): Counts | undefined {
  const parsed = timeline.safeParse(parseJson(text))
  if (!parsed.success) return undefined
  const { acts } = parsed.data
  const wrong = acts.filter(({ isRight }) => !isRight)
  const failures = wrong.map(({ title }) => failureLine('rehearsal', title))
  return { passed: acts.length - wrong.length, failed: wrong.length, failures }
}

/** Counts in the last line of `npm run check`. */
export function checkCounts(output: string): Counts | undefined {
  const found = /(\d+) checks passed, (\d+) failed/.exec(stripVTControlCharacters(output))
  return found === null ? undefined : { passed: Number(found[1]), failed: Number(found[2]) }
}

/** Lines of a stack, and of the source around its top. */
const IN_THE_CODE = /^(at |>? ?\d+ \|)/

/** Where only a log is left of a run, this has to be enough to know which of many findings it was. */
const MAX_LINES = 24
const MAX_CHARACTERS = 1000

/** The first line of a message says what was compared, the next ones with what: all of them, while they are not too many. */
function failureLine(where: string, title: string, message?: string): string {
  const why = reason(message)
  return [where, title, ...(why ? [why] : [])].join(' › ')
}

function reason(message = ''): string {
  return stripVTControlCharacters(message)
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !IN_THE_CODE.test(line))
    .slice(0, MAX_LINES)
    .join(' · ')
    .slice(0, MAX_CHARACTERS)
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
