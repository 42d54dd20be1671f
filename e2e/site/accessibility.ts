import { AxeBuilder } from '@axe-core/playwright'
import { expect, type Page } from '@playwright/test'

const WCAG = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']

/** What the colours of a page decide. @source axe-core 4, "Rule Descriptions" */
const OF_COLOURS = ['color-contrast', 'link-in-text-block']

/** Rows of one table are alike: the first ones stand for all. The two thousand emoji would take axe a minute. */
const ROWS_LIKE_THOSE_BEFORE = ['[role="grid"] > [role="row"]:nth-child(n + 4)', 'tbody > tr:nth-child(n + 4)']

/** What keeps somebody out of the page as it stands, as the rule and the element. */
export async function barriers(page: Page, rules?: readonly string[]): Promise<readonly string[]> {
  // Legacy: the whole page at once. The other way is for frames of other origins, takes twice as long, and no page has any.
  const builder = new AxeBuilder({ page }).setLegacyMode()
  for (const rows of ROWS_LIKE_THOSE_BEFORE) builder.exclude(rows)
  const { violations } = await (rules ? builder.withRules([...rules]) : builder.withTags(WCAG)).analyze()
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`)
}

/** Looks for barriers in light, for those of colours in dark as well, and for what sticks out sideways. */
export async function excludesNobody(page: Page, where: string): Promise<void> {
  for (const [colorScheme, rules] of [['light'], ['dark', OF_COLOURS]] as const) {
    await page.emulateMedia({ colorScheme })
    await expect(page.locator('html')).toHaveClass(colorScheme === 'dark' ? /\bdark\b/ : /^(?!.*\bdark\b)/)
    expect.soft(await barriers(page, rules), `${where}, ${colorScheme}`).toEqual([])
  }
  await fitsItsWidth(page, where)
}

/** Nobody has to scroll sideways. */
export async function fitsItsWidth(page: Page, where: string): Promise<void> {
  const overflow = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  )
  expect.soft(overflow, `pixels that stick out sideways: ${where}`).toBeLessThanOrEqual(0)
}
