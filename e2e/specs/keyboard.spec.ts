import { outreachPath } from '@sax/topology'
import { uniqueName } from '../site/canary.ts'
import { tabTo } from '../site/keyboard.ts'
import { dana } from '../site/people.ts'
import { editorOf, templatesNamed } from '../site/templates.ts'
import { expect, test } from '../site/test.ts'

test('everything is reached by keyboard alone: a template is written without a mouse', async ({ deskOf, site }) => {
  const { page } = await deskOf(dana)
  await page.goto(site.urls.host + outreachPath('templates'))
  await expect(page.getByRole('button', { name: /^Actions for / }).first()).toBeVisible()

  await page.keyboard.press('Tab')
  const skip = page.getByRole('link', { name: 'Skip to content' })
  await expect(skip).toBeFocused()
  await page.keyboard.press('Enter')
  await tabTo(page, page.getByRole('link', { name: 'New template' }))
  await page.keyboard.press('Enter')
  await page.waitForURL(site.urls.host + outreachPath('templates', 'new'))

  const { name, category, message, create } = editorOf(page)
  const typed = uniqueName('By keyboard')
  await tabTo(page, name)
  await page.keyboard.type(typed)
  await tabTo(page, category)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('option').first()).toBeVisible()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await tabTo(page, message)
  await page.keyboard.type('Hello ')
  await tabTo(page, page.getByRole('button', { name: 'Insert variable' }))
  await page.keyboard.press('Enter')
  await expect(page.getByRole('menuitem').first()).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(message).toHaveValue('Hello {{firstName}}')
  await expect(message).toBeFocused()
  await tabTo(page, create)
  await page.keyboard.press('Enter')
  await page.waitForURL((url) => url.pathname !== outreachPath('templates', 'new'))
  expect(await templatesNamed(page, site.urls.host, typed)).toHaveLength(1)
})

test('the focus is visible at every stop of the templates page', async ({ deskOf, site }) => {
  const { page } = await deskOf(dana)
  await page.goto(site.urls.host + outreachPath('templates'))
  await expect(page.getByRole('button', { name: /^Actions for / }).first()).toBeVisible()
  const unseen: string[] = []
  for (let stop = 0; stop < 30; stop += 1) {
    await page.keyboard.press('Tab')
    const invisible = await page.evaluate(() => {
      const focused = document.activeElement
      if (!focused || focused === document.body) return ''
      const drawn = (element: Element) => {
        const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(element)
        return (outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 1) || boxShadow !== 'none'
      }
      return drawn(focused) ? '' : focused.outerHTML.slice(0, 120)
    })
    if (invisible !== '') unseen.push(invisible)
  }
  expect(unseen).toEqual([])
})
