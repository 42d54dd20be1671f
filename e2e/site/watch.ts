import type { BrowserContext, Page } from '@playwright/test'

/** What went wrong in a browser without a test asking for it. */
export interface Complaints {
  readonly consoleErrors: string[]
  /** `404 /path` or `failed /path`; queries may hold names and are left out. */
  readonly failedRequests: string[]
  /** Largest layout shift seen per path. */
  readonly layoutShifts: Map<string, number>
  /** Waits until every shift so far has been reported. */
  readonly settle: () => Promise<void>
}

const REPORT = '__reportLayoutShift'

/** Listens to every page of a context from its first request on. */
export async function watch(context: BrowserContext): Promise<Complaints> {
  const consoleErrors: string[] = []
  const failedRequests: string[] = []
  const layoutShifts = new Map<string, number>()
  await context.exposeBinding(REPORT, ({ page }: { page: Page }, sum: number) => {
    const path = new URL(page.url()).pathname
    layoutShifts.set(path, Math.max(sum, layoutShifts.get(path) ?? 0))
  })
  await context.addInitScript(observeLayoutShift, REPORT)
  context.on('console', (message) => {
    if (message.type() === 'error') consoleErrors.push(`${pathOf(message.page())}: ${message.text()}`)
  })
  context.on('weberror', (error) => consoleErrors.push(`${pathOf(error.page())}: ${String(error.error())}`))
  context.on('response', (response) => {
    if (response.status() >= 400) failedRequests.push(`${response.status()} ${new URL(response.url()).pathname}`)
  })
  context.on('requestfailed', (request) => {
    const why = request.failure()?.errorText ?? ''
    // A search overtaken by the next letter, a prefetch given up: the page's own doing.
    if (why !== 'net::ERR_ABORTED') failedRequests.push(`${why} ${new URL(request.url()).pathname}`)
  })
  const settle = async () => {
    for (const page of context.pages()) await page.evaluate(() => undefined).catch(() => undefined)
  }
  return { consoleErrors, failedRequests, layoutShifts, settle }
}

function pathOf(page: Page | null): string {
  return page === null ? 'no page' : new URL(page.url()).pathname
}

/** Runs in the page before anything else. @source W3C Layout Instability: shifts right after input do not count */
function observeLayoutShift(report: string): void {
  let sum = 0
  const send: unknown = Reflect.get(globalThis, report)
  if (typeof send !== 'function') return
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) {
      if (Reflect.get(entry, 'hadRecentInput') === true) continue
      sum += Number(Reflect.get(entry, 'value'))
      send(sum)
    }
  }).observe({ type: 'layout-shift', buffered: true })
}
