import { outreachPath } from '@sax/topology'
import { uniqueName } from '../site/canary.ts'
import { marcus, ruth } from '../site/people.ts'
import { editorOf, storeTemplate, templatesNamed } from '../site/templates.ts'
import { expect, test } from '../site/test.ts'

// The second save is refused with 409, which the browser reports as an error.
test.use({ browserErrors: 'expected' })

test('two people change one template: both versions are shown and nothing is lost', async ({ deskOf, site }) => {
  const first = await deskOf(marcus)
  const second = await deskOf(ruth)
  const { id, name } = await storeTemplate(first.page, site.urls.host, {
    name: uniqueName('Both of us'),
    category: 'appointments',
    content: 'As it was',
    scope: 'practice',
  })
  const path = site.urls.host + outreachPath('templates', id)
  for (const { page } of [first, second]) {
    await page.goto(path)
    await expect(editorOf(page).message).toHaveValue('As it was')
  }

  await editorOf(first.page).message.fill('What Marcus wrote')
  await editorOf(second.page).message.fill('What Ruth wrote')
  await editorOf(first.page).save.click()
  await expect(first.page.getByText('Saved', { exact: true })).toBeVisible()
  await editorOf(second.page).save.click()

  const dialog = second.page.getByRole('dialog', { name: 'This template was changed in the meantime' })
  await expect(dialog.getByText('What Marcus wrote')).toBeVisible()
  await expect(dialog.getByText('What Ruth wrote')).toBeVisible()
  await expect(dialog.getByText('Both changed')).toBeVisible()
  await expect(dialog).toContainText(marcus.name)

  // Put away undecided: her text is still there, and the stored one is his.
  await second.page.keyboard.press('Escape')
  await expect(dialog).toHaveCount(0)
  await expect(editorOf(second.page).message).toHaveValue('What Ruth wrote')
  expect((await templatesNamed(second.page, site.urls.host, name))[0]?.content).toBe('What Marcus wrote')

  // Theirs, then mine back again.
  await editorOf(second.page).save.click()
  await dialog.getByRole('button', { name: 'Take theirs' }).click()
  await expect(editorOf(second.page).message).toHaveValue('What Marcus wrote')
  await second.page.getByRole('button', { name: 'Bring mine back' }).click()
  await expect(editorOf(second.page).message).toHaveValue('What Ruth wrote')

  await editorOf(second.page).save.click()
  // The button alone says nothing: it is closed while a save is under way, too.
  await expect(second.page.getByText('Saved', { exact: true })).toBeVisible()
  await expect(editorOf(second.page).save).toBeDisabled()
  const [stored] = await templatesNamed(second.page, site.urls.host, name)
  expect(stored).toMatchObject({ content: 'What Ruth wrote', version: 3, updatedByName: ruth.name })
})
