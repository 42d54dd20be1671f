import type { Page } from '@playwright/test'

/** One script of a page, as it came over the wire. */
export interface LoadedScript {
  /** With the path, without the host. */
  readonly path: string
  /** Compressed, without headers. */
  readonly transferredBytes: number
}

/** A page that was opened with an empty cache. */
export interface FirstLoad {
  /** From the beginning of the navigation until the rows are drawn and can be used, in milliseconds. */
  readonly visibleMs: number
  /** Begun before that. */
  readonly first: readonly LoadedScript[]
  /** Fetched afterwards, while nobody did anything. */
  readonly later: readonly LoadedScript[]
}

const VISIBLE = 'sax-visible'
/** Code for later is fetched one after the other; after such a silence there is no more. */
const SILENCE_MS = 3000

/**
 * Opens `url` in a page whose browser has nothing of it, and waits until `selector` is drawn and then until nothing more
 * is fetched. What only a browser with React in it draws can be used as soon as it is there.
 */
export async function measureFirstLoad(page: Page, url: string, selector: string): Promise<FirstLoad> {
  await measureVisible(page, url, selector)
  await page.waitForFunction(noScriptSince, SILENCE_MS, { polling: 250 })
  const { visibleMs, scripts } = await page.evaluate(readTimings, VISIBLE)
  const bytes = ({ path, transferredBytes }: LoadedScript): LoadedScript => ({ path, transferredBytes })
  return {
    visibleMs,
    first: scripts.filter(({ beganMs }) => beganMs <= visibleMs).map(bytes),
    later: scripts.filter(({ beganMs }) => beganMs > visibleMs).map(bytes),
  }
}

/** The same without what comes afterwards: milliseconds until `selector` is drawn. */
export async function measureVisible(page: Page, url: string, selector: string): Promise<number> {
  await page.addInitScript(markWhenDrawn, { selector, name: VISIBLE })
  await page.goto(url)
  await page.waitForFunction((name) => performance.getEntriesByName(name).length > 0, VISIBLE)
  return (await page.evaluate(readTimings, VISIBLE)).visibleMs
}

/** Sum in kB of 1,000 bytes. */
export function kilobytes(scripts: readonly LoadedScript[]): number {
  return scripts.reduce((sum, { transferredBytes }) => sum + transferredBytes, 0) / 1000
}

/** Runs in the page before anything else. */
function markWhenDrawn({ selector, name }: { readonly selector: string; readonly name: string }): void {
  const observer = new MutationObserver(() => {
    if (document.querySelector(selector) === null) return
    observer.disconnect()
    // After the frame in which it is painted.
    requestAnimationFrame(() => setTimeout(() => performance.mark(name)))
  })
  observer.observe(document, { childList: true, subtree: true, attributes: true })
}

/** Runs in the page. */
function noScriptSince(silenceMs: number): boolean {
  const ends = performance
    .getEntriesByType('resource')
    .filter(({ name }) => /\.js($|\?)/.test(name))
    .map((entry) => entry.startTime + entry.duration)
  // Code for later is begun 1.5 s after the page has loaded.
  return performance.now() > silenceMs + 2000 && performance.now() - Math.max(0, ...ends) > silenceMs
}

/** Runs in the page. */
function readTimings(name: string) {
  const scripts = (performance.getEntriesByType('resource') as PerformanceResourceTiming[])
    .filter((entry) => /\.js($|\?)/.test(entry.name))
    .map((entry) => ({
      path: new URL(entry.name).pathname,
      transferredBytes: entry.encodedBodySize,
      beganMs: entry.startTime,
    }))
  return { visibleMs: performance.getEntriesByName(name)[0]?.startTime ?? Number.NaN, scripts }
}
