/** Days of a report, both included, as a date field has them: YYYY-MM-DD in the browser's time zone. */
export interface ReportPeriod {
  /** Empty: from the beginning. */
  readonly firstDay: string
  readonly lastDay: string
}

/** How far back a report goes until somebody says otherwise. */
const USUAL_DAYS = 90

/** The last ninety days. */
export function usualPeriod(nowMs: number): ReportPeriod {
  const today = new Date(nowMs)
  const first = new Date(today.getFullYear(), today.getMonth(), today.getDate() - USUAL_DAYS)
  return { firstDay: dayOf(first), lastDay: dayOf(today) }
}

/**
 * What the API is asked for. Never beyond `openedMs`: what is recorded while pages are read, that they are read above
 * all, would push rows from one page to the next.
 */
export function askedTimes(
  { firstDay, lastDay }: ReportPeriod,
  openedMs: number,
): { readonly from?: string; readonly until: string } {
  const end = midnight(lastDay, 1)
  return {
    ...(firstDay === '' ? {} : { from: new Date(midnight(firstDay, 0)).toISOString() }),
    until: new Date(Math.min(end, openedMs)).toISOString(),
  }
}

/** Why a period cannot be asked for; undefined: it can. */
export function periodProblem({ firstDay, lastDay }: ReportPeriod): string | undefined {
  if (lastDay === '') return 'Give the last day.'
  if (firstDay > lastDay) return 'The first day lies after the last one.'
  return undefined
}

/** `November 2, 2026`, with the weekday left out: a day of a report, for print. */
export function dayInWords(day: string): string {
  return new Intl.DateTimeFormat('en-US', { dateStyle: 'long' }).format(midnight(day, 0))
}

function midnight(day: string, later: number): number {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number)
  return new Date(year, month - 1, date + later).getTime()
}

function dayOf(date: Date): string {
  const two = (value: number) => String(value).padStart(2, '0')
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`
}
