import { hostPath, outreachApiPath, outreachPath } from '@sax/topology'
import { canaries, uniqueName } from '../site/canary.ts'
import { dana } from '../site/people.ts'
import { choose, editorOf, storeTemplate, templatesNamed } from '../site/templates.ts'
import { expect, test } from '../site/test.ts'

const CATEGORY = 'Appointments'

test('A9, A10: from a patient to a message that says their name as it is spelled', async ({ deskOf, site }) => {
  const { page } = await deskOf(dana)
  await page.goto(site.urls.host + hostPath('patients'))
  await page.getByRole('textbox', { name: 'Search patients' }).fill("maeve o'brien")
  await page.getByRole('link', { name: "Maeve O'Brien" }).first().click()
  await expect(page.getByRole('heading', { name: "Maeve O'Brien", level: 1 })).toBeVisible()
  await page.getByRole('link', { name: 'Preview templates' }).click()

  // Other tests name templates after her.
  await expect(page.getByText("For Maeve O'Brien", { exact: true })).toBeVisible()
  await page.getByRole('link', { name: 'Welcome Message', exact: true }).first().click()
  const { preview } = editorOf(page)
  await expect(preview).toContainText('Maeve')
  await expect(preview).not.toContainText('{{firstName}}')
  await expect(preview).not.toContainText('&#')
})

test('A9: a hostile name is stored as typed and shown as typed', async ({ deskOf, site }) => {
  const { page } = await deskOf(dana)
  const { name, category, message, create, preview } = editorOf(page)
  const typed = `${canaries.templateName} O'Brien & Söns <b>"J.R."</b> 李 🙂 ${uniqueName('x')}`
  const text = `Hi {{firstName}}, it's O'Brien & Co. <img src=x onerror=alert(1)> ${canaries.templateText}`

  await page.goto(site.urls.host + outreachPath('templates', 'new'))
  await name.fill(typed)
  await choose(page, category, CATEGORY)
  await message.fill(text)
  await expect(preview).toContainText("it's O'Brien & Co. <img src=x onerror=alert(1)>")
  await create.click()
  await page.waitForURL((url) => url.pathname !== outreachPath('templates', 'new'))
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(typed)

  await page.reload()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(typed)
  await expect(message).toHaveValue(text)
  const [stored] = await templatesNamed(page, site.urls.host, typed)
  expect(stored).toMatchObject({ name: typed, content: text, variables: ['firstName'], ownerSaxId: dana.saxId })
})

test('A12: segments are counted as the carrier counts them, while one types', async ({ deskOf, site }) => {
  const { page } = await deskOf(dana)
  const { message, fact } = editorOf(page)
  await page.goto(site.urls.host + outreachPath('templates', 'new'))
  const sizes = [
    ['a'.repeat(160), '1', 'GSM-7'],
    ['a'.repeat(161), '2', 'GSM-7'],
    // A curly quote leaves the alphabet: 70 to a segment.
    [`“${'a'.repeat(69)}`, '1', 'UCS-2'],
    [`“${'a'.repeat(70)}`, '2', 'UCS-2'],
    // 80 UTF-16 units, 67 to a part, and no emoji is cut in two.
    ['🙂'.repeat(40), '2', 'UCS-2'],
    // Brackets of the extension table count twice.
    ['['.repeat(81), '2', 'GSM-7'],
  ] as const
  for (const [text, segments, encoding] of sizes) {
    await message.fill(text)
    await expect(fact('Segments')).toHaveText(segments)
    await expect(fact('Encoding')).toHaveText(encoding)
  }
})

test('A11: unknown braces are pointed at and not saved', async ({ deskOf, site }) => {
  const { page } = await deskOf(dana)
  const { name, category, message, create } = editorOf(page)
  const typed = uniqueName('Braces')
  await page.goto(site.urls.host + outreachPath('templates', 'new'))
  await name.fill(typed)
  await choose(page, category, CATEGORY)
  await message.fill('Hi {firstName}, see you {{next week}}')
  const mistakes = page.getByRole('list', { name: 'To correct in the message' })
  await expect(mistakes.getByRole('listitem')).toHaveCount(3)
  await create.click()
  await expect(message).toHaveAttribute('aria-invalid', 'true')
  expect(new URL(page.url()).pathname).toBe(outreachPath('templates', 'new'))
  expect(await templatesNamed(page, site.urls.host, typed)).toEqual([])
})

test('a message is filled in for a patient, copied, and counted as a favourite', async ({ deskOf, site }) => {
  const { context, page } = await deskOf(dana)
  await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: site.urls.host })
  const template = await storeTemplate(page, site.urls.host, {
    name: uniqueName('Copy me'),
    category: 'appointments',
    content: 'Hi {{firstName}} {{lastName}}, this is {{practiceName}}. Code {{doorCode}}.',
    scope: 'private',
  })
  await page.goto(site.urls.host + outreachPath('templates', template.id))
  await page.getByRole('button', { name: /^Patient: / }).click()
  await page.getByRole('combobox', { name: 'Patient' }).fill("o'brien")
  await page.getByRole('option', { name: /Maeve O'Brien/ }).click()
  const { preview } = editorOf(page)
  await expect(preview).toHaveText("Hi Maeve O'Brien, this is Harbor Sleep Center. Code {{doorCode}}.")

  // With a gap in the message one is told first.
  await page.getByRole('button', { name: 'Copy message' }).click()
  await expect(page.getByRole('alert').getByText('has no value')).toBeVisible()
  await page.getByRole('textbox', { name: /door ?code/i }).fill('4711')
  await page.getByRole('button', { name: 'Copy message' }).click()
  await expect(page.getByRole('button', { name: 'Copied' })).toBeVisible()
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(
    "Hi Maeve O'Brien, this is Harbor Sleep Center. Code 4711.",
  )
  await expect.poll(async () => (await templatesNamed(page, site.urls.host, template.name))[0]?.myUsageCount).toBe(1)
  const mine = await page.request.get(`${site.urls.host}${outreachApiPath('templates', 'frequent')}?limit=50`)
  expect(await mine.json()).toMatchObject({
    data: expect.arrayContaining([expect.objectContaining({ id: template.id })]),
  })
})

test('archiving is undone with one click', async ({ deskOf, site }) => {
  const { page } = await deskOf(dana)
  const { name } = await storeTemplate(page, site.urls.host, {
    name: uniqueName('Archive me'),
    category: 'appointments',
    content: 'Hi',
    scope: 'private',
  })
  await page.goto(site.urls.host + outreachPath('templates'))
  const row = page.getByRole('link', { name, exact: true })
  await expect(row).toBeVisible()
  await page.getByRole('button', { name: `Actions for ${name}` }).click()
  await page.getByRole('menuitem', { name: 'Archive' }).click()
  await expect(row).toHaveCount(0)
  expect(await templatesNamed(page, site.urls.host, name)).toEqual([])
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(row).toBeVisible()
})

test('A13: a category shows its own templates, all of them, and the number says how many', async ({ deskOf, site }) => {
  const { page } = await deskOf(dana)
  await page.goto(site.urls.host + outreachPath('templates'))
  const category = page.getByRole('navigation', { name: 'Categories' }).getByRole('button').nth(1)
  const count = Number((await category.textContent())?.match(/\d+$/)?.[0])
  await category.click()
  await expect(category).toHaveAttribute('aria-pressed', 'true')
  await expect(page.getByRole('button', { name: /^Actions for / })).toHaveCount(count)
  await expect(page.getByText(`${count} template${count === 1 ? '' : 's'}`, { exact: true }).last()).toBeVisible()
})

test('S7: shared templates are read-only for a coordinator, with the reason and a way on', async ({ deskOf, site }) => {
  const { page } = await deskOf(dana)
  await page.goto(site.urls.host + outreachPath('templates'))
  await page.getByRole('link', { name: 'Welcome Message', exact: true }).first().click()
  await expect(page.getByText('Shared templates are written by managers and administrators.')).toBeVisible()
  await expect(editorOf(page).save).toHaveCount(0)
  await page.getByRole('button', { name: /^Actions for / }).click()
  await page.getByRole('menuitem', { name: 'Duplicate' }).click()
  await expect(editorOf(page).name).toHaveValue('Copy of Welcome Message')
})

test('a half-written draft survives a reload', async ({ deskOf, site }) => {
  const { page } = await deskOf(dana)
  const { name, message } = editorOf(page)
  await page.goto(site.urls.host + outreachPath('templates', 'new'))
  await name.fill('Half a thought')
  await message.fill('I was just about to')
  await page.reload()
  await expect(page.getByText('Draft restored.')).toBeVisible()
  await expect(name).toHaveValue('Half a thought')
  await expect(message).toHaveValue('I was just about to')
  await page.getByRole('button', { name: 'Discard draft' }).click()
  await expect(name).toHaveValue('')
})
