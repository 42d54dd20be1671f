import { expect, test } from '../site/conversation-test.ts'
import { NEWS, textAs } from '../site/conversations.ts'
import { dana } from '../site/people.ts'

/** Five hundred marks of one letter: no line may be broken in it, and a font that lacks them draws them side by side. */
const unbreakable = `z${'\u0e49'.repeat(500)}`

test('a text that cannot be broken into lines makes nothing wider than the screen', async ({ open, site }) => {
  const { phone, log } = await open(dana)
  await textAs(site, phone, unbreakable)
  await textAs(site, phone, 'javascript:alert(1) \u202eand https://example.test')
  await expect(log.getByText('javascript:alert(1)')).toBeVisible(NEWS)
  await expect(log.getByRole('link')).toHaveCount(0)
  const widths = await log.evaluate((element) => {
    const wider: string[] = []
    for (let box: Element | null = element; box !== null; box = box.parentElement) {
      if (box.scrollWidth > box.clientWidth) wider.push(`${box.tagName}: ${box.scrollWidth} in ${box.clientWidth}`)
    }
    return wider
  })
  expect(widths).toEqual([])
})
