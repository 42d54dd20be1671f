import { expect, type Locator, type Page } from '@playwright/test'

/** More stops than any page has before its main part ends. */
const MAX_STOPS = 80

/** Presses the Tab key until `target` has the focus. @throws Error when it never does */
export async function tabTo(page: Page, target: Locator, direction: 'forwards' | 'backwards' = 'forwards') {
  for (let stop = 0; stop < MAX_STOPS; stop += 1) {
    await page.keyboard.press(direction === 'forwards' ? 'Tab' : 'Shift+Tab')
    if (await target.evaluate((element) => element === document.activeElement)) return
  }
  throw new Error('not reached with the Tab key')
}

/**
 * Presses keys until they have led to `target`. On a busy machine a page that was just drawn does not listen yet, and a
 * menu forgets the first letter before the second comes.
 */
export async function pressUntilFocused(press: () => Promise<void>, target: Locator) {
  // Longer than a menu remembers letters: a second, in Radix.
  await expect(async () => {
    await press()
    await expect(target).toBeFocused({ timeout: 2000 })
  }).toPass({ timeout: 20_000 })
}
