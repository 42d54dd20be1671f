import type { Evidence, ProbeResult } from './run.ts'

/** What a browser saw while one page was open. */
export interface PageObservation {
  /** Path that was opened. */
  readonly path: string
  readonly status: number
  readonly title: string
  /** Visible text of the main part, characters. */
  readonly textLength: number
  /** Console errors and uncaught exceptions, as the browser words them. */
  readonly consoleErrors: readonly string[]
  /** Requests that failed or answered 400 and above: `404 /path`. */
  readonly failedRequests: readonly string[]
  /** Origins other than the site's own that were asked. */
  readonly foreignOrigins: readonly string[]
  /** Cumulative layout shift. */
  readonly layoutShift: number
}

/** Largest layout shift that is still calm. @source web.dev, "Cumulative Layout Shift": good is 0.1 or less */
export const MAX_LAYOUT_SHIFT = 0.1

/** Least visible text of a page, characters; a blank page has none. */
const MIN_TEXT = 20

/** The checklist's test 4 for one page: what the browser saw against what is owed. */
export function judgePage(observation: PageObservation, durationMs: number): ProbeResult {
  const { path, status, title, textLength, consoleErrors, failedRequests, foreignOrigins, layoutShift } = observation
  const findings = [
    ...(status === 200 ? [] : [`answered ${status}`]),
    ...(title.trim() === '' ? ['no title'] : []),
    ...(textLength >= MIN_TEXT ? [] : [`only ${textLength} characters of text: a blank page`]),
    ...consoleErrors.map((text) => `console: ${text}`),
    ...failedRequests.map((text) => `request: ${text}`),
    ...foreignOrigins.map((origin) => `a foreign origin was asked: ${origin}`),
    ...(layoutShift <= MAX_LAYOUT_SHIFT ? [] : [`layout shift ${layoutShift.toFixed(3)}, at most ${MAX_LAYOUT_SHIFT}`]),
  ]
  return navigationResult(`nav.page:${path}`, `${path} opens in a browser without an error`, findings, durationMs, [
    {
      question: `open ${path}`,
      answer: `${status}, ${textLength} characters of text, layout shift ${layoutShift.toFixed(3)}`,
    },
  ])
}

/** A result of a step in a browser, in the shape of the others. */
export function navigationResult(
  id: string,
  title: string,
  findings: readonly string[],
  durationMs: number,
  evidence: readonly Evidence[] = [],
): ProbeResult {
  const outcome = findings.length === 0 ? 'kept' : 'broken'
  return { id, group: 'navigation', title, incidents: ['R3', 'B7'], outcome, findings, evidence, durationMs }
}
