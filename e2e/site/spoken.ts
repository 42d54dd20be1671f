import type { Page } from '@playwright/test'

/**
 * Notes from now on what is added to live regions, which is what assistive technology reads out by itself.
 * @returns how to get the texts of it, in order
 * @source WAI-ARIA 1.2, "aria-live" and the roles that have it implicitly
 */
export async function listen(page: Page): Promise<() => Promise<readonly string[]>> {
  await page.evaluate(() => {
    const said: string[] = []
    Object.assign(window, { saxSaid: said })
    const isLive = (node: Node): boolean => {
      const element = node instanceof Element ? node : node.parentElement
      const region = element?.closest('[aria-live], [role=log], [role=status], [role=alert]')
      return region !== null && region !== undefined && region.getAttribute('aria-live') !== 'off'
    }
    new MutationObserver((mutations) => {
      for (const { target, addedNodes, type } of mutations) {
        if (!isLive(target)) continue
        const changed = type === 'characterData' ? [target] : [...addedNodes]
        said.push(...changed.map(({ textContent }) => textContent ?? '').filter(Boolean))
      }
    }).observe(document, { childList: true, characterData: true, subtree: true })
  })
  return () => page.evaluate(() => (window as unknown as { saxSaid: string[] }).saxSaid)
}
