import type { Page } from '@playwright/test'

/** The list of conversations beside or instead of a conversation. */
export function listOf(page: Page) {
  const rows = page.locator('[data-conversation]')
  return {
    rows,
    row: (id: string) => page.locator(`[data-conversation="${id}"]`),
    /** Says that the order is behind. */
    updates: page.getByRole('button', { name: /^Show \d+\+? updates?$/ }),
    filter: (name: string) => page.getByRole('group', { name: 'Show' }).getByRole('button', { name }),
    search: page.getByRole('textbox', { name: 'Search conversations' }),
    /** Those of these conversations that are in the page, from top to bottom. */
    orderOf: async (ids: readonly string[]) =>
      (await placesOf(page)).map(([id]) => id).filter((id) => ids.includes(id)),
    /** Every row in the page with the distance of its upper edge from that of the window, in px, from top to bottom. */
    places: () => placesOf(page),
  }
}

async function placesOf(page: Page): Promise<readonly (readonly [id: string, top: number])[]> {
  const places = await page
    .locator('[data-conversation]')
    .evaluateAll((rows) =>
      rows.map((row) => [row.getAttribute('data-conversation') ?? '', row.getBoundingClientRect().top] as const),
    )
  return places.toSorted(([, one], [, other]) => one - other)
}
