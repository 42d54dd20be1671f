import type { PageObservation } from '@sax/probes'
import type { BrowserContext } from 'playwright-core'

/** A page as a browser saw it, and a picture of it (JPEG). */
export interface Observed {
  readonly observation: PageObservation
  readonly picture: Buffer
}

/** Patience for a page to come to rest, milliseconds. */
const REST_MS = 15_000

/** Opens `path` of `base` in a fresh tab and reports what the browser had to say. */
export async function observePage(
  context: BrowserContext,
  base: string,
  path: string,
  own: readonly string[],
): Promise<Observed> {
  const page = await context.newPage()
  try {
    const consoleErrors: string[] = []
    const failedRequests: string[] = []
    const foreignOrigins = new Set<string>()
    page.on('console', (message) => {
      if (message.type() === 'error') consoleErrors.push(message.text())
    })
    page.on('pageerror', (error) => consoleErrors.push(error.name))
    page.on('response', (response) => {
      if (response.status() >= 400) failedRequests.push(`${response.status()} ${new URL(response.url()).pathname}`)
    })
    page.on('requestfailed', (request) => {
      // A prefetch or a stream that the page itself gives up is no failure.
      if (request.failure()?.errorText !== 'net::ERR_ABORTED')
        failedRequests.push(`failed ${new URL(request.url()).pathname}`)
    })
    page.on('request', (request) => {
      const { origin, protocol } = new URL(request.url())
      if (/^https?:$/.test(protocol) && !own.includes(origin)) foreignOrigins.add(origin)
    })
    await page.addInitScript(observeLayoutShift)
    const response = await page.goto(base + path, { waitUntil: 'networkidle', timeout: REST_MS })
    const layoutShift = await page.evaluate(() => Number(Reflect.get(globalThis, '__layoutShift') ?? 0))
    const main = page.locator('main').first()
    // biome-ignore lint/performance/useDomNodeTextContent: only what a person can see counts, a blank page holds scripts
    const text = await main.innerText({ timeout: REST_MS }).catch(() => '')
    return {
      observation: {
        path,
        status: response?.status() ?? 0,
        title: await page.title(),
        textLength: text.trim().length,
        consoleErrors,
        failedRequests,
        foreignOrigins: [...foreignOrigins],
        layoutShift,
      },
      picture: await page.screenshot({ type: 'jpeg', quality: 60 }),
    }
  } finally {
    await page.close()
  }
}

/** Runs in the page, before anything else. @source W3C Layout Instability: shifts after recent input do not count */
function observeLayoutShift(): void {
  Reflect.set(globalThis, '__layoutShift', 0)
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) {
      if (Reflect.get(entry, 'hadRecentInput') === true) continue
      const sum = Number(Reflect.get(globalThis, '__layoutShift')) + Number(Reflect.get(entry, 'value'))
      Reflect.set(globalThis, '__layoutShift', sum)
    }
  }).observe({ type: 'layout-shift', buffered: true })
}
