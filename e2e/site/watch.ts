import type { BrowserContext, Page } from '@playwright/test'
import { type Jump, largestJumps, type Shift } from './layout-shifts.ts'

/** What went wrong in a browser without a test asking for it. */
export interface Complaints {
  readonly consoleErrors: string[]
  /** `404 /path` or `failed /path`; queries may hold names and are left out. */
  readonly failedRequests: string[]
  /** What jumped most in each path until now, or since a moment of the clock. */
  readonly jumps: (sinceMs?: number) => ReadonlyMap<string, Jump>
  /** Waits until every shift so far has been reported. */
  readonly settle: () => Promise<void>
}

const REPORT = '__reportLayoutShift'

/** Untouched for so long, or hidden since, a page puts its list in order: there is nobody under whom anything could jump. */
const NOBODY_THERE_MS = 120_000

/** Listens to every page of a context from its first request on. */
export async function watch(context: BrowserContext): Promise<Complaints> {
  const consoleErrors: string[] = []
  const failedRequests: string[] = []
  const shifts: Shift[] = []
  const inputsMs: number[] = []
  await context.exposeBinding(REPORT, ({ page }: { page: Page }, seen: Seen) => {
    if (seen.kind === 'input') inputsMs.push(seen.atMs)
    else shifts.push({ ...seen, page: context.pages().indexOf(page), path: new URL(page.url()).pathname })
  })
  await context.addInitScript(observeLayoutShift, { report: REPORT, nobodyThereMs: NOBODY_THERE_MS })
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
  const jumps = (sinceMs = 0) =>
    largestJumps(
      shifts.filter(({ atMs }) => atMs >= sinceMs),
      inputsMs,
    )
  return { consoleErrors, failedRequests, jumps, settle }
}

function pathOf(page: Page | null): string {
  return page === null ? 'no page' : new URL(page.url()).pathname
}

type Seen =
  | { readonly kind: 'input'; readonly atMs: number }
  | ({ readonly kind: 'shift' } & Omit<Shift, 'page' | 'path'>)

/**
 * Runs in the page before anything else. Tells of what jumps, and of what somebody does.
 * @source W3C Layout Instability: shifts right after input do not count
 */
function observeLayoutShift({
  report,
  nobodyThereMs,
}: {
  readonly report: string
  readonly nobodyThereMs: number
}): void {
  const send: unknown = Reflect.get(globalThis, report)
  if (typeof send !== 'function') return
  // By the page's clock, which a test may set forward.
  let touchedAtMs = Date.now()
  const touch = () => {
    touchedAtMs = Date.now()
  }
  for (const kind of ['pointermove', 'pointerdown', 'keydown', 'wheel', 'scroll'])
    addEventListener(kind, touch, { capture: true, passive: true })
  const look = () => {
    if (document.visibilityState === 'hidden') touchedAtMs = 0
  }
  addEventListener('visibilitychange', look, { capture: true })
  // A window of another size has been asked for as well, and on a busy machine what follows comes late.
  for (const kind of ['pointerdown', 'keydown', 'input', 'resize']) {
    const tell = ({ timeStamp }: Event) => send({ kind: 'input', atMs: performance.timeOrigin + timeStamp })
    addEventListener(kind, tell, { capture: true, passive: true })
  }
  const placeOf = ({ x, y, width, height }: DOMRectReadOnly) =>
    `${[x, y].map(Math.round).join(',')} ${[width, height].map(Math.round).join('×')}`
  const nameOf = (node: Node | null) => {
    const element = node instanceof Element ? node : node?.parentElement
    return element ? `${element.localName}.${element.classList.item(0) ?? ''}` : 'gone'
  }
  new PerformanceObserver((list) => {
    if (Date.now() - touchedAtMs >= nobodyThereMs) return
    for (const entry of list.getEntries()) {
      if (Reflect.get(entry, 'hadRecentInput') === true) continue
      const sources: { node: Node | null; previousRect: DOMRect; currentRect: DOMRect }[] =
        Reflect.get(entry, 'sources') ?? []
      send({
        kind: 'shift',
        atMs: performance.timeOrigin + entry.startTime,
        value: Number(Reflect.get(entry, 'value')),
        moved: sources.map(
          ({ node, previousRect, currentRect }) => `${nameOf(node)} ${placeOf(previousRect)} → ${placeOf(currentRect)}`,
        ),
      })
    }
  }).observe({ type: 'layout-shift', buffered: true })
}
